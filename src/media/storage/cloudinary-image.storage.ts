import cloudinary from 'cloudinary';
import type { Clock } from '../../common/index.js';
import type { ImagePlace } from '../../config/index.js';
import { ImageStorageUnavailableError } from '../image.errors.js';
import { ImageStorage } from '../image.storage.js';
import { IMAGE_SIZES, type ImageSize } from '../image.js';

const API = 'https://api.cloudinary.com';
/** For one request, in ms: a stopping service waits for it, and has 9 s for everything. */
const TIMEOUT = 4000;

/**
 * Cloudinary, by its upload API. The files are `authenticated`, so that only signed requests get them, and `raw`, so that they
 * stay as they are. They are read by that API too and not by its delivery network: of a removed picture no cache has a copy.
 * Its library signs. Its sender is left out: that takes its address from the process's environment, and drops rejections.
 */
export class CloudinaryImageStorage extends ImageStorage {
  constructor(
    private readonly place: Extract<ImagePlace, { kind: 'cloudinary' }>,
    private readonly clock: Clock,
  ) {
    super();
  }

  async put(imageId: string, size: ImageSize, bytes: Buffer): Promise<void> {
    const form = toForm(this.sign({ public_id: publicId(imageId, size), overwrite: 'true' }));
    form.set('file', new Blob([new Uint8Array(bytes)]), `${size}.webp`);
    await reachable(async () => {
      await accepted(await fetch(this.urlOf('upload'), post(form)));
    });
  }

  get(imageId: string, size: ImageSize): Promise<Buffer | null> {
    const query = new URLSearchParams(this.sign({ public_id: publicId(imageId, size) }));
    return reachable(async () => {
      const answer = await fetch(`${this.urlOf('download')}?${query.toString()}`, {
        signal: AbortSignal.timeout(TIMEOUT),
      });
      if (answer.status === 404) return discarded(answer);
      return Buffer.from(await (await accepted(answer)).arrayBuffer());
    });
  }

  async remove(imageId: string): Promise<void> {
    // One that is not there is no fault there.
    const forms = IMAGE_SIZES.map((size) => toForm(this.sign({ public_id: publicId(imageId, size) })));
    await reachable(() =>
      Promise.all(forms.map(async (form) => discarded(await accepted(await fetch(this.urlOf('destroy'), post(form)))))),
    );
  }

  private urlOf(action: 'upload' | 'download' | 'destroy'): string {
    const { apiOrigin, cloudName } = this.place;
    return `${apiOrigin ?? API}/v1_1/${encodeURIComponent(cloudName)}/raw/${action}`;
  }

  private sign(given: Readonly<Record<string, string>>): Record<string, string> {
    const timestamp = String(Math.floor(this.clock.now().getTime() / 1000));
    const params = { ...given, type: 'authenticated', timestamp };
    const signature = cloudinary.v2.utils.api_sign_request(params, this.place.apiSecret);
    return { ...params, api_key: this.place.apiKey, signature };
  }
}

function publicId(imageId: string, size: ImageSize): string {
  return `images/${imageId}/${size}.webp`;
}

function toForm(fields: Readonly<Record<string, string>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

function post(body: FormData): RequestInit {
  return { method: 'POST', body, signal: AbortSignal.timeout(TIMEOUT) };
}

async function accepted(answer: Response): Promise<Response> {
  if (answer.ok) return answer;
  await discarded(answer);
  throw new Error(`Cloudinary answered ${answer.status}: ${answer.headers.get('x-cld-error') ?? 'without a reason'}`);
}

/** Reads what is left, so that the connection serves again. */
async function discarded(answer: Response): Promise<null> {
  await answer.arrayBuffer();
  return null;
}

async function reachable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new ImageStorageUnavailableError(error);
  }
}
