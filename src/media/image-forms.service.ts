import type { MultipartFile } from '@fastify/multipart';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AppError, assertPlainJson, InvalidFieldError } from '../common/index.js';
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
  for await (const part of request.parts({ limits: limitsFor(fieldNames.length) })) {
    const { fieldname: name } = part;
    if (part.type === 'file') {
      if (name !== 'image') throw undeclared();
      image = await readFile(part.file);
    } else {
      const { value, valueTruncated } = part;
      if (!fieldNames.includes(name) || fields.has(name) || typeof value !== 'string') throw undeclared();
      if (valueTruncated) throw new InvalidFieldError(name, 'is too long');
      fields.set(name, value);
    }
  }
  const plain = Object.fromEntries(fields);
  assertPlainJson(plain);
  return { image, fields: plain };
}

function limitsFor(fields: number) {
  const sizes = { fileSize: MAX_IMAGE_BYTES, fieldSize: MAX_FIELD, fieldNameSize: 100, headerPairs: 20 };
  return { files: 1, fields, parts: fields + 1, ...sizes };
}

async function readFile(file: MultipartFile['file']): Promise<Buffer> {
  const chunks: Buffer[] = [];
  file.once('limit', () => file.destroy(new ImageTooBigError()));
  for await (const chunk of file) chunks.push(chunk as Buffer);
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
