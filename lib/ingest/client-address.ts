/** Where a request came from: the connection's other end, or what a trusted proxy says first. IPv4 without its IPv6 form. */
export function clientAddress(
  connected: string | undefined,
  forwarded: string | string[] | undefined,
  trustProxy: boolean,
): string | undefined {
  const told = trustProxy
    ? String(forwarded ?? '')
        .split(',')[0]
        ?.trim()
    : '';
  const address = told && /^[\da-fA-F.:]{2,45}$/.test(told) ? told : connected;
  return address?.replace(/^::ffff:(?=\d+\.)/, '');
}
