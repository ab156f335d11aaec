import type * as z from 'zod';

/** An answer in the shape of AWS's REST JSON errors. */
export class AwsError extends Error {
  readonly status: number;
  readonly type: string;

  constructor(status: number, type: string, message: string) {
    super(message);
    this.status = status;
    this.type = type;
  }
}

export const invalidParameter = (message: string) => new AwsError(400, 'InvalidParameterValueException', message);

/** Names each offending field and what is expected of it. */
export function invalidRequest(error: z.ZodError): AwsError {
  const problems = error.issues.map(({ path, message }) => `${path.join('.') || 'request'}: ${message}`);
  return invalidParameter(problems.join('; '));
}
