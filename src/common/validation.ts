import { ValidationPipe, type ArgumentMetadata, type Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { ValidateIf, validateSync, type ValidationError } from 'class-validator';
import { AppError } from './app-error.js';

/** Whoever made so many mistakes has more use for a few of them. */
const MAX_ERRORS = 20;

const RULES = { whitelist: true, forbidNonWhitelisted: true } as const;

/** Absent is fine; null is not, for it would say "take it away". */
export const MayBeAbsent = () => ValidateIf((_, value) => value !== undefined);

/** Refuses a body or a query that is not exactly as its DTO says, naming the fields at fault, twenty at most, and none of their values. */
export class InputPipe extends ValidationPipe {
  constructor() {
    super({ ...RULES, transform: true, exceptionFactory: (errors) => validationFailed(errors) });
  }

  /** What our own decorators hand on is no input. Passed on at once: every protected page goes through here. */
  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    return metadata.type === 'custom' ? (value as Promise<unknown>) : super.transform(value, metadata);
  }
}

/** For guards, which run before pipes. Throws as the pipe does. */
export function validateInput<T extends object>(dto: Type<T>, input: unknown): T {
  const instance = plainToInstance(dto, input);
  if (typeof instance !== 'object' || Array.isArray(instance)) throw validationFailed([]);
  const errors = validateSync(instance, RULES);
  if (errors.length > 0) throw validationFailed(errors);
  return instance;
}

function validationFailed(errors: readonly ValidationError[]): AppError {
  return new AppError('validation_failed', 'invalid', 'The body or the query is not as documented.', {
    details: { errors: errors.flatMap((error) => flatten(error, '')).slice(0, MAX_ERRORS) },
  });
}

function flatten({ property, constraints = {}, children = [] }: ValidationError, path: string): object[] {
  const field = path + property;
  const own = Object.values(constraints).map((message) => ({ field, message }));
  return [...own, ...children.flatMap((child) => flatten(child, `${field}.`))];
}
