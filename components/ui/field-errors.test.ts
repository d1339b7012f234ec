import { describe, expect, it } from 'vitest';
import { ApiError } from '@/lib/http/client';
import { fieldErrors } from './field-errors';

const refusal = (...fields: string[]) =>
  new ApiError(
    422,
    {
      type: 'urn:errata:problem:validation_failed',
      title: 'Invalid input',
      status: 422,
      code: 'validation_failed',
      detail: 'The body is not valid.',
      errors: fields.map((field) => ({ field, message: `${field} is wrong` })),
    },
    '',
  );

describe('errors of a form', () => {
  it('stand beside their fields and are not told twice', () => {
    const errors = fieldErrors(refusal('email'), ['email', 'name']);
    expect(errors.of('email')).toBe('email is wrong');
    expect(errors.of('name')).toBeUndefined();
    expect(errors.rest).toBeUndefined();
  });

  it('are told above the form when one has no field there', () => {
    expect(fieldErrors(refusal('email', 'token'), ['email']).rest).toBe('The body is not valid.');
  });

  it('of any other kind are told above the form', () => {
    expect(fieldErrors(new ApiError(0, null, 'Errata cannot be reached.'), ['email']).rest).toBe(
      'Errata cannot be reached.',
    );
  });

  it('are none without a refusal', () => {
    expect(fieldErrors(null, ['email']).rest).toBeUndefined();
  });
});
