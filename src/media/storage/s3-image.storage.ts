import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { ImagePlace } from '../../config/index.js';
import { ImageStorageUnavailableError } from '../image.errors.js';
import { ImageStorage } from '../image.storage.js';
import { IMAGE_SIZES, type ImageSize } from '../image.js';

/** For a whole operation, its repeats included, in ms: a stopping service waits for it, and has 9 s for everything. */
const TIMEOUT = 4000;

/** Amazon S3, or whatever speaks as it does. The bucket may be, and should be, closed to everybody else. */
export class S3ImageStorage extends ImageStorage {
  private readonly client: S3Client;
  private readonly bucket: string;

  constructor({ endpoint, region, bucket, accessKeyId, secretAccessKey }: Extract<ImagePlace, { kind: 's3' }>) {
    super();
    this.bucket = bucket;
    this.client = new S3Client({
      region,
      credentials: { accessKeyId, secretAccessKey },
      // Others than Amazon seldom have a host name for each bucket, or know its newer checksums.
      ...(endpoint && { endpoint, forcePathStyle: true }),
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      maxAttempts: 3,
      // Without the last the second is no more than a line in the log.
      requestHandler: { connectionTimeout: 1500, requestTimeout: 2500, throwOnRequestTimeout: true },
    });
  }

  async put(imageId: string, size: ImageSize, bytes: Buffer): Promise<void> {
    const command = new PutObjectCommand({ ...this.at(imageId, size), Body: bytes, ContentType: 'image/webp' });
    await reachable((options) => this.client.send(command, options));
  }

  async get(imageId: string, size: ImageSize): Promise<Buffer | null> {
    return reachable(async (options) => {
      try {
        const { Body } = await this.client.send(new GetObjectCommand(this.at(imageId, size)), options);
        return Body ? Buffer.from(await Body.transformToByteArray()) : null;
      } catch (error) {
        if ((error as Error).name === 'NoSuchKey') return null;
        throw error;
      }
    });
  }

  async remove(imageId: string): Promise<void> {
    const commands = IMAGE_SIZES.map((size) => new DeleteObjectCommand(this.at(imageId, size)));
    await reachable((options) => Promise.all(commands.map((command) => this.client.send(command, options))));
  }

  private at(imageId: string, size: ImageSize) {
    return { Bucket: this.bucket, Key: `images/${imageId}/${size}.webp` };
  }
}

async function reachable<T>(work: (options: { abortSignal: AbortSignal }) => Promise<T>): Promise<T> {
  try {
    return await work({ abortSignal: AbortSignal.timeout(TIMEOUT) });
  } catch (error) {
    throw new ImageStorageUnavailableError(error);
  }
}
