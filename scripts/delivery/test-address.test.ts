import type { ChannelName } from '@quakewire/core';
import { InputError } from '@quakewire/scaling';
import { parseTestAddress } from './test-address.ts';

test.each<[ChannelName, string]>([
  ['sms', '+40700000001'],
  ['email', 'test@quakewire.example'],
  ['telegram', '-1001234567890'],
  ['webhook', 'https://plant.example/quakewire'],
])('an address of %s is taken as it is, without the line end', (channel, address) => {
  expect(parseTestAddress(channel, `${address}\n`)).toBe(address);
});

test.each<[ChannelName, string, string]>([
  ['sms', '0700 000 001', 'a phone number in the international form'],
  ['email', 'test', 'an e-mail address'],
  ['telegram', '@somebody', 'the number of a Telegram chat'],
  ['webhook', 'ftp://plant.example', 'a URL'],
  ['sms', '', 'a phone number'],
])('what is none of %s is refused by its form, and never repeated', (channel, given, form) => {
  const refuse = () => parseTestAddress(channel, given);
  expect(refuse).toThrow(InputError);
  expect(refuse).toThrow(form);
  if (given !== '') expect(refuse).not.toThrow(given);
});
