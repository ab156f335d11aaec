/** Every port of the stack that can be given; what is not given is chosen free. */
export const STACK_PORTS = [
  'kafka',
  'kafkaInternal',
  'kafkaController',
  'tables',
  'emulator',
  'gateway',
  'sms',
  'email',
  'telegram',
  'webhook',
  'sinkControl',
] as const;

export type StackPort = (typeof STACK_PORTS)[number];
export type StackPorts = Record<StackPort, number>;
