export interface Interruptions {
  /** Runs before a call: an error here is a call that was never applied; other work here is a conflict. */
  before?(method: string, args: readonly unknown[]): void | Promise<void>;
  /** Runs after a call was applied: an error here is an answer that was lost. */
  after?(method: string, args: readonly unknown[], result: unknown): void | Promise<void>;
}

/** Wraps any port so that a test can fail, delay or overtake each of its calls. The fake itself stays honest. */
export function withInterruptions<Port extends object>(port: Port, interruptions: Interruptions): Port {
  return new Proxy(port, {
    get(target, name, receiver) {
      const method = Reflect.get(target, name, receiver);
      if (typeof method !== 'function') return method;
      return async (...args: unknown[]) => {
        await interruptions.before?.(String(name), args);
        const result = await method.apply(target, args);
        await interruptions.after?.(String(name), args, result);
        return result;
      };
    },
  });
}
