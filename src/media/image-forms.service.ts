import type { MultipartFile } from '@fastify/multipart';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AppError, assertPlainJson, decodeUtf8, InvalidFieldError } from '../common/index.js';
import { MAX_IMAGE_BYTES } from './image-converter.service.js';
import { ImageRoom } from './image-room.js';
import { ImageTooBigError } from './image.errors.js';

/** What a form held. */
export interface ImageForm {
  /** The file of the field `image`; null where there is none. */
  readonly image: Buffer | null;
  readonly fields: Readonly<Record<string, string>>;
}

/** Bytes. */
const MAX_FIELD = 16 * 1024;
/** What a form may have beside its picture, in bytes. */
const MARGIN = 64 * 1024;

/** Reads forms with one picture, never onto the disk. */
@Injectable()
export class ImageForms {
  constructor(private readonly room: ImageRoom) {}

  /**
   * `fieldNames`: the text fields that the form may have. Throws `ImageTooBigError` as soon as it is known,
   * `ImagesBusyError`, and an invalid-input error for anything that is not as documented.
   */
  async read(request: FastifyRequest, personId: string, fieldNames: readonly string[] = []): Promise<ImageForm> {
    const length = Number(request.headers['content-length'] ?? MAX_IMAGE_BYTES);
    if (length > MAX_IMAGE_BYTES + MARGIN) throw new ImageTooBigError();
    const leave = this.room.take(personId, length);
    try {
      return await readForm(request, fieldNames);
    } catch (error) {
      // What is still coming is let through unread: a client that sends all of it before it reads must get its answer.
      request.raw.unpipe().resume();
      throw asOurs(error);
    } finally {
      leave();
    }
  }
}

async function readForm(request: FastifyRequest, fieldNames: readonly string[]): Promise<ImageForm> {
  let image: Buffer | null = null;
  const fields = new Map<string, string>();
  // Each part as bytes: the library would decode those of a text leniently.
  for await (const part of request.parts({ isPartAFile: () => true, limits: limitsFor(fieldNames.length) })) {
    if (part.type !== 'file') throw undeclared();
    const { fieldname: name, file, filename } = part;
    if (name === 'image') {
      if (image) throw new InvalidFieldError('image', 'must be one picture');
      const bytes = await readPart(file, MAX_IMAGE_BYTES, new ImageTooBigError());
      // A browser sends a file input that was left empty as a file without a name and without content.
      if (filename || bytes.length > 0) image = bytes;
    } else {
      if (!fieldNames.includes(name) || fields.has(name)) throw undeclared();
      fields.set(name, decodeUtf8(await readPart(file, MAX_FIELD, new InvalidFieldError(name, 'is too long'))));
    }
  }
  const plain = Object.fromEntries(fields);
  assertPlainJson(plain);
  return { image, fields: plain };
}

function limitsFor(fields: number) {
  const sizes = { fileSize: MAX_IMAGE_BYTES, fieldNameSize: 100, headerPairs: 20 };
  return { files: fields + 1, fields: 0, parts: fields + 1, ...sizes };
}

async function readPart(file: MultipartFile['file'], longest: number, tooLong: AppError): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  file.once('limit', () => file.destroy(tooLong));
  for await (const chunk of file as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > longest) throw tooLong;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function undeclared(): AppError {
  return new AppError('validation_failed', 'invalid', 'The form is not as documented.');
}

function asOurs(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { code } = error as { code?: string };
  if (code === 'FST_FILES_LIMIT') return new InvalidFieldError('image', 'must be one picture');
  if (code?.endsWith('_LIMIT') || code === 'FST_PROTO_VIOLATION') return undeclared();
  return new AppError('bad_request', 'invalid', 'The form cannot be read.', { cause: error });
}
