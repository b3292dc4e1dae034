import type { TransformFnParams } from 'class-transformer';

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
