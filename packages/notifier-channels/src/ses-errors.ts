import { ambiguous, type ErrorRule, rejected, throttled, transient, unusable } from './error-rule.ts';

/**
 * Errors of SendRawEmail by code:
 * https://docs.aws.amazon.com/ses/latest/APIReference/API_SendRawEmail.html#API_SendRawEmail_Errors and
 * https://docs.aws.amazon.com/ses/latest/APIReference/CommonErrors.html
 */
export const sesErrors: Readonly<Record<string, ErrorRule>> = {
  AccountSendingPausedException: rejected,
  ConfigurationSetDoesNotExist: rejected,
  ConfigurationSetDoesNotExistException: rejected,
  ConfigurationSetSendingPausedException: rejected,
  MailFromDomainNotVerified: rejected,
  MailFromDomainNotVerifiedException: rejected,
  // "The action failed, and the message could not be sent": content, an unverified identity or the address.
  MessageRejected: rejected,

  AccessDenied: rejected,
  AccessDeniedException: rejected,
  IncompleteSignature: rejected,
  InvalidAction: rejected,
  InvalidClientTokenId: rejected,
  InvalidParameterCombination: rejected,
  InvalidParameterValue: rejected,
  InvalidQueryParameter: rejected,
  MalformedQueryString: rejected,
  MissingAction: rejected,
  MissingAuthenticationToken: rejected,
  MissingParameter: rejected,
  NotAuthorized: rejected,
  OptInRequired: rejected,
  SignatureDoesNotMatch: rejected,
  UnrecognizedClientException: rejected,
  ValidationError: rejected,

  // Refused before anything was done; the next attempt has fresh credentials or a corrected clock.
  ExpiredToken: transient,
  ExpiredTokenException: transient,
  RequestExpired: transient,
  RequestTimeTooSkewed: transient,

  RequestThrottled: throttled,
  Throttling: throttled,
  ThrottlingException: throttled,
  TooManyRequestsException: throttled,

  // "Failed because of an unknown error" and "a temporary failure of the server": neither says that nothing was done.
  InternalFailure: ambiguous,
  InternalServerError: ambiguous,
  ServiceUnavailable: ambiguous,
  RequestAbortedException: ambiguous,
};

/** "Daily message quota exceeded": https://docs.aws.amazon.com/ses/latest/dg/manage-sending-quotas-errors.html */
const isDailyQuota = (message: string): boolean => /daily message quota/i.test(message);

/** SES's words for an address that it cannot read. */
const isBadAddress = (message: string): boolean =>
  /missing final '?@domain|(local|domain) (address |name )?(contains|starts|ends)|illegal address|invalid email address|address blacklisted/i.test(
    message,
  );

/** @param message SES's own text, read but never passed on */
export const sesRule = (status: number, code: string, message: string): ErrorRule => {
  const rule = Object.hasOwn(sesErrors, code) ? (sesErrors[code] as ErrorRule) : undefined;
  if (rule?.outcome === 'throttled' && isDailyQuota(message)) return rejected;
  if (rule?.outcome === 'rejected' && isBadAddress(message)) return unusable;
  if (rule) return rule;
  if (status === 429) return throttled;
  return status >= 500 ? ambiguous : rejected;
};
