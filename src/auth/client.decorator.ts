import { applyDecorators, Injectable, type PipeTransform } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { AppError, decodeBase64url } from '../common/index.js';
import type { ClientContext, DeviceProof } from '../devices/index.js';
import { RequestParameter } from './caller.js';
import { CookieJar } from './cookie-jar.js';
import { Forwarding } from './forwarding.js';

/** Reads the end user's client off the request that it made itself. */
@Injectable()
export class ClientPipe implements PipeTransform<FastifyRequest, ClientContext> {
  constructor(
    private readonly cookies: CookieJar,
    private readonly forwarding: Forwarding,
  ) {}

  transform(request: FastifyRequest): ClientContext {
    return {
      ip: this.forwarding.addressOf(request.raw),
      userAgent: request.headers['user-agent'] ?? '',
      hints: {
        brands: header(request, 'sec-ch-ua'),
        mobile: header(request, 'sec-ch-ua-mobile'),
        platform: header(request, 'sec-ch-ua-platform'),
      },
      proof: this.proofOf(request),
    };
  }

  /** The headers of a native client win over the cookie of a browser. */
  private proofOf(request: FastifyRequest): DeviceProof {
    const id = header(request, 'x-device-id');
    const secret = header(request, 'x-device-secret');
    if (id === null && secret === null) return { kind: 'browser', secrets: this.cookies.deviceSecrets(request) };
    if (id === 'new' && secret === null) return { kind: 'native', secrets: [] };
    if (id === null || id === 'new' || secret === null || !decodeBase64url(secret, 32)) {
      const rule = 'Send X-Device-Id: new, or X-Device-Id and X-Device-Secret as they were given.';
      throw new AppError('invalid_device', 'invalid', rule);
    }
    return { kind: 'native', secrets: [secret] };
  }
}

function header(request: FastifyRequest, name: string): string | null {
  const value = request.headers[name];
  return typeof value === 'string' ? value : null;
}

/** The client that makes the request, as a `ClientContext`. */
export const Client = () => RequestParameter(ClientPipe);

/** How a client without cookies says which device it is. */
export const ApiNativeDevice = () =>
  applyDecorators(
    ApiHeader({ name: 'X-Device-Id', required: false, description: '`new` to be given id and secret, later that id.' }),
    ApiHeader({ name: 'X-Device-Secret', required: false, description: 'The secret that was given with the id.' }),
  );
