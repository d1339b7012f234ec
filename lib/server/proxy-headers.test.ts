import { expect, it } from 'vitest';
import { endToEnd, forwardedHeaders } from './proxy-headers';

const seen = { address: '10.0.0.7', encrypted: false };

it('drops the headers of the connection and those it names', () => {
  const headers = { connection: 'keep-alive, X-Trace', 'x-trace': '1', 'transfer-encoding': 'chunked', accept: '*/*' };
  expect(endToEnd(headers)).toEqual({ accept: '*/*' });
});

it('does not believe a client about where it comes from', () => {
  const lie = { host: 'errata:8090', 'x-forwarded-for': '1.2.3.4', 'x-forwarded-host': 'evil', 'x-real-ip': '1.2.3.4' };
  expect(forwardedHeaders(lie, seen, false)).toEqual({
    host: 'errata:8090',
    'x-forwarded-for': '10.0.0.7',
    'x-forwarded-host': 'errata:8090',
    'x-forwarded-proto': 'http',
  });
});

it('believes a trusted proxy and adds its address', () => {
  const proxied = { host: 'a', 'x-forwarded-for': '1.2.3.4', 'x-forwarded-host': 'b', 'x-forwarded-proto': 'https' };
  expect(forwardedHeaders(proxied, seen, true)).toEqual({ ...proxied, 'x-forwarded-for': '1.2.3.4, 10.0.0.7' });
});
