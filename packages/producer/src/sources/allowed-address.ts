/**
 * The address, if its host (with the port, where one is given) is on the list: a changed variable alone must not let a
 * function read from somewhere else.
 * @throws Error that names the variable, never its value.
 */
export function allowedAddress(address: string, variable: string, hosts: readonly string[]): URL {
  if (!URL.canParse(address)) throw new Error(`${variable} is not an address`);
  const url = new URL(address);
  if (!hosts.includes(url.host)) throw new Error(`the host of ${variable} is not in FEED_HOSTS: add it there`);
  return url;
}
