import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import {
  IsEmail,
  IsString,
  Matches,
  MaxLength,
  Validate,
  ValidateBy,
  ValidatorConstraint,
  type ValidatorConstraintInterface,
} from 'class-validator';
import { Transform } from 'class-transformer';
import { cleanIdentifier, normalizeEmail } from '../accounts/index.js';
import { isCommonPassword, visibleLine } from '../common/index.js';

@ValidatorConstraint({ name: 'notCommonPassword' })
class NotCommonPassword implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && !isCommonPassword(value);
  }

  defaultMessage(): string {
    return 'this password is among the most common ones; choose another';
  }
}

interface Documented {
  required?: boolean;
  nullable?: boolean;
  example?: string | null;
}

/** Reads text as it was meant. */
const Cleaned = (clean: (text: string) => string) =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? clean(value) : value));

const property = (options: Parameters<typeof ApiProperty>[0]) => ApiProperty(options);

/** E.164, or the national form of `PHONE_REGION`; whether it is a real number the service decides. */
export const IsMobile = ({ required = false, nullable = false, example = '9012345678' }: Documented = {}) =>
  applyDecorators(
    property({ type: String, required, nullable, example, maxLength: 32 }),
    Cleaned(cleanIdentifier),
    IsString(),
    MaxLength(32),
  );

export const IsUsername = ({ required = false }: Documented = {}) =>
  applyDecorators(
    property({ type: String, required, example: 'demo.asha', pattern: USERNAME.source }),
    Cleaned(cleanIdentifier),
    Matches(USERNAME, {
      message: 'must start with a letter and have 3 to 40 letters, digits, dots, dashes or underscores',
    }),
  );

export const IsEmailAddress = ({ required = false, nullable = false }: Documented = {}) =>
  applyDecorators(
    property({ type: String, format: 'email', required, nullable, example: 'asha@example.com', maxLength: 254 }),
    Cleaned(normalizeEmail),
    IsEmail(),
    MaxLength(254),
  );

/** NIST SP 800-63B-4, 3.1.1.2: length counts, composition does not, and none that everybody uses. */
export const IsNewPassword = ({ required = false }: Documented = {}) =>
  applyDecorators(
    property({ type: String, required, example: 'plum-Velvet-7-harbour', minLength: 8, maxLength: 128 }),
    ValidateBy({
      name: 'passwordLength',
      validator: {
        // As it is hashed: a keyboard may send a letter and its accent as two characters.
        validate: (value) => typeof value === 'string' && /^.{8,128}$/su.test(value.normalize('NFC')),
        defaultMessage: () => 'must have 8 to 128 characters',
      },
    }),
    Validate(NotCommonPassword),
  );

/** What people see. */
export const IsDisplayName = ({ required = false, nullable = false, example = 'Asha (demo)' }: Documented = {}) =>
  applyDecorators(
    property({ type: String, required, nullable, example, minLength: 1, maxLength: 80 }),
    Matches(visibleLine(80), { message: 'must have 1 to 80 visible characters' }),
  );

/** Whether somebody can have it as a username. */
export function isUsername(text: string): boolean {
  return USERNAME.test(text);
}

const USERNAME = /^[A-Za-z][A-Za-z0-9._-]{2,39}$/;
