import type { Logger } from '@quakewire/core';

export const quietLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} };
