import { ValidatorConstraint, type ValidationArguments, type ValidatorConstraintInterface } from 'class-validator';
import ipaddr from 'ipaddr.js';

/** `https://app.example.com`: an origin, without path. `*` is none. */
@ValidatorConstraint({ name: 'isHttpOrigin' })
export class IsHttpOrigin implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    if (typeof value !== 'string' || !URL.canParse(value)) return false;
    const url = new URL(value);
    return ['http:', 'https:'].includes(url.protocol) && url.origin === value.replace(/\/$/, '');
  }

  defaultMessage({ property }: ValidationArguments): string {
    return `${property} takes origins such as https://app.example.com, without path, and no *`;
  }
}

/** `[name:]key` with a key of 32 characters or more. */
@ValidatorConstraint({ name: 'isServiceKey' })
export class IsServiceKey implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && /^(?:[\w-]+:)?[^\s:,]{32,}$/.test(value);
  }

  defaultMessage({ property }: ValidationArguments): string {
    return `${property} takes [name:]key,… with keys of at least 32 characters`;
  }
}

/** `10.0.0.0/8` or a single address. */
@ValidatorConstraint({ name: 'isCidr' })
export class IsCidr implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && (ipaddr.isValid(value) || ipaddr.isValidCIDR(value));
  }

  defaultMessage({ property }: ValidationArguments): string {
    return `${property} takes addresses or networks such as 10.0.0.0/8`;
  }
}
