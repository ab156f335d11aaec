import { ambiguous, rejected, throttled, transient, unusable } from './error-rule.ts';
import { sesErrors, sesRule } from './ses-errors.ts';

const common = 'https://docs.aws.amazon.com/ses/latest/APIReference/CommonErrors.html';
const action = 'https://docs.aws.amazon.com/ses/latest/APIReference/API_SendRawEmail.html';
const quotas = 'https://docs.aws.amazon.com/ses/latest/dg/manage-sending-quotas-errors.html';

const documented = [
  {
    page: action,
    rule: rejected,
    codes: [
      'AccountSendingPausedException',
      'ConfigurationSetDoesNotExist',
      'ConfigurationSetDoesNotExistException',
      'ConfigurationSetSendingPausedException',
      'MailFromDomainNotVerified',
      'MailFromDomainNotVerifiedException',
      'MessageRejected',
    ],
  },
  {
    page: common,
    rule: rejected,
    codes: [
      'AccessDenied',
      'AccessDeniedException',
      'IncompleteSignature',
      'InvalidAction',
      'InvalidClientTokenId',
      'InvalidParameterCombination',
      'InvalidParameterValue',
      'InvalidQueryParameter',
      'MalformedQueryString',
      'MissingAction',
      'MissingAuthenticationToken',
      'MissingParameter',
      'NotAuthorized',
      'OptInRequired',
      'SignatureDoesNotMatch',
      'UnrecognizedClientException',
      'ValidationError',
    ],
  },
  {
    page: common,
    rule: transient,
    codes: ['ExpiredToken', 'ExpiredTokenException', 'RequestExpired', 'RequestTimeTooSkewed'],
  },
  {
    page: quotas,
    rule: throttled,
    codes: ['RequestThrottled', 'Throttling', 'ThrottlingException', 'TooManyRequestsException'],
  },
  {
    page: common,
    rule: ambiguous,
    codes: ['InternalFailure', 'InternalServerError', 'RequestAbortedException', 'ServiceUnavailable'],
  },
];

describe('an error of SES', () => {
  it.each(documented.flatMap(({ page, rule, codes }) => codes.map((code) => ({ page, rule, code }))))(
    '$code ($page) is $rule.outcome',
    ({ code, rule }) => {
      expect(sesRule(400, code, 'any text')).toEqual(rule);
    },
  );

  it('is in the table only when its page is listed here', () => {
    expect(Object.keys(sesErrors).sort()).toEqual(documented.flatMap(({ codes }) => codes).sort());
  });

  it('"Maximum sending rate exceeded" may be tried again, "Daily message quota exceeded" not today', () => {
    expect(sesRule(400, 'Throttling', 'Maximum sending rate exceeded.')).toEqual(throttled);
    expect(sesRule(400, 'ThrottlingException', 'Daily message quota exceeded.')).toEqual(rejected);
  });

  it.each([
    ['InvalidParameterValue', "Missing final '@domain'"],
    ['InvalidParameterValue', 'Domain contains illegal character'],
    ['InvalidParameterValue', 'Local address contains control or whitespace'],
    ['MessageRejected', 'Address blacklisted.'],
  ])('%s because of the address ("%s") makes the address unusable', (code, message) => {
    expect(sesRule(400, code, message)).toEqual(unusable);
  });

  it.each([
    [429, throttled],
    [400, rejected],
    [403, rejected],
    [500, ambiguous],
    [503, ambiguous],
  ])('of an unknown kind is judged by its HTTP status %p, on the safe side', (status, rule) => {
    expect(sesRule(status, 'SomethingNew', '')).toEqual(rule);
    expect(sesRule(status, 'constructor', '')).toEqual(rule);
  });
});
