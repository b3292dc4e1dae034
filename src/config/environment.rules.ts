import { ValidatorConstraint, type ValidationArguments, type ValidatorConstraintInterface } from 'class-validator';
import ipaddr from 'ipaddr.js';
import { isIP } from 'node:net';
import { parseServiceKey } from './service-key.js';

/** Schemes of pages that no app ships: whoever can open such a page would be let in. */
const NO_APPS = /^(file|data|blob|about|javascript|https?|wss?|ftp):/;

/** `https://app.example.com`, or that of an app (`capacitor://localhost`): an origin, without path. One with `*` in it is none. */
@ValidatorConstraint({ name: 'isOrigin' })
export class IsOrigin implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    if (typeof value !== 'string' || !URL.canParse(value)) return false;
    const origin = value.replace(/\/$/, '');
    const { protocol, hostname, origin: expected } = new URL(value);
    if (['http:', 'https:'].includes(protocol)) return !hostname.includes('*') && expected === origin;
    return !NO_APPS.test(origin) && /^[a-z][a-z\d+.-]*:\/\/[\w.-]+(:\d+)?$/.test(origin);
  }

  defaultMessage({ property }: ValidationArguments): string {
    return `${property} takes origins such as https://app.example.com or capacitor://localhost, without path, and no *`;
  }
}

/** `accounts.internal`: the name of a host, without port. */
@ValidatorConstraint({ name: 'isHostName' })
export class IsHostName implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && /^[\w-]+(\.[\w-]+)*$/.test(value);
  }

  defaultMessage({ property }: ValidationArguments): string {
    return `${property} takes names of hosts such as accounts.internal, without port, and no *`;
  }
}

/** As `parseServiceKey` reads it. */
@ValidatorConstraint({ name: 'isServiceKey' })
export class IsServiceKey implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && parseServiceKey(value) !== null;
  }

  defaultMessage({ property }: ValidationArguments): string {
    return `${property} takes [name:]key[;scopes],… with keys of at least 32 characters`;
  }
}

/** `10.0.0.0/8` or a single address, written out: `10` and `127.1` are addresses for some programs only. Not everybody's addresses. */
@ValidatorConstraint({ name: 'isCidr' })
export class IsCidr implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    if (typeof value !== 'string' || isIP(value.replace(/\/\d+$/, '')) === 0) return false;
    if (!value.includes('/')) return true;
    if (!ipaddr.isValidCIDR(value)) return false;
    const [address, bits] = ipaddr.parseCIDR(value);
    return bits > ('isIPv4MappedAddress' in address && address.isIPv4MappedAddress() ? 96 : 0);
  }

  defaultMessage({ property }: ValidationArguments): string {
    return `${property} takes addresses or networks such as 10.0.0.7 or 10.0.0.0/8, written out, and no /0`;
  }
}

/** `smtp://user:password@mail.example.com:587`, or `smtps://`. */
@ValidatorConstraint({ name: 'isSmtpUrl' })
export class IsSmtpUrl implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return isUrlOf(['smtp:', 'smtps:'], value);
  }

  defaultMessage({ property }: ValidationArguments): string {
    return `${property} takes smtp://host:port or smtps://host:port, given with MAIL_FROM`;
  }
}

/** `https://provider.example.com/send`. The operator's own setting: may be an address within. */
@ValidatorConstraint({ name: 'isHttpUrl' })
export class IsHttpUrl implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return isUrlOf(['http:', 'https:'], value) && new URL(value as string).username === '';
  }

  defaultMessage({ property }: ValidationArguments): string {
    return `${property} takes an address such as https://provider.example.com/send, given with what belongs to it`;
  }
}

/** `whsec_` and base64 of 24 to 64 bytes, as Standard Webhooks has it. */
@ValidatorConstraint({ name: 'isWebhookSecret' })
export class IsWebhookSecret implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    const base64 = typeof value === 'string' ? (/^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(value)?.[1] ?? '') : '';
    const { length } = Buffer.from(base64, 'base64');
    return length >= 24 && length <= 64;
  }

  defaultMessage({ property }: ValidationArguments): string {
    return `${property} takes whsec_ and base64 of 24 to 64 random bytes, given with its URL`;
  }
}

/** `cloudinary://key:secret@cloud`, as its console shows it. */
@ValidatorConstraint({ name: 'isCloudinaryUrl' })
export class IsCloudinaryUrl implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    if (!isUrlOf(['cloudinary:'], value)) return false;
    const { username, password, searchParams } = new URL(value as string);
    const prefix = searchParams.get('upload_prefix');
    return username !== '' && password !== '' && (prefix === null || isUrlOf(['http:', 'https:'], prefix));
  }

  defaultMessage({ property }: ValidationArguments): string {
    return `${property} takes cloudinary://key:secret@cloud, with ?upload_prefix=https://… for another API address`;
  }
}

function isUrlOf(protocols: readonly string[], value: unknown): boolean {
  if (typeof value !== 'string' || !URL.canParse(value)) return false;
  const { protocol, hostname } = new URL(value);
  return protocols.includes(protocol) && hostname !== '';
}
