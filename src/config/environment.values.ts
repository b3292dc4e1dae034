import { applyDecorators } from '@nestjs/common';
import { Transform, type TransformFnParams } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';

// What a setting's text says. What is none of its kind stays text, which the setting's rule then refuses.

export const toInt = ({ value }: Pick<TransformFnParams, 'value'>): unknown =>
  typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;

export const toList = ({ value }: TransformFnParams): unknown =>
  typeof value === 'string'
    ? value
        .split(',')
        .map((item) => item.trim())
        .filter(Boolean)
    : value;

export const toBoolean = ({ value }: TransformFnParams): unknown =>
  value === 'true' ? true : value === 'false' ? false : value;

export const IsWholeNumber = (from: number, to = Number.MAX_SAFE_INTEGER) =>
  applyDecorators(Transform(toInt), IsInt(), Min(from), Max(to));
