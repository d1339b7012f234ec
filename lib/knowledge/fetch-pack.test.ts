import { describe, expect, it } from 'vitest';
import { fetchPack, isPublicAddress } from './fetch-pack.server';

describe('isPublicAddress', () => {
  it.each(['8.8.8.8', '172.32.0.1', '192.169.1.1', '2606:4700::1111', '2a00:1450::1'])('takes %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    ...['127.0.0.1', '10.1.2.3', '172.16.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '224.0.0.1'],
    ...['255.255.255.255', '::1', '::', 'fe80::1', 'fc00::1', 'fd00:ec2::254', '::ffff:10.0.0.1', '64:ff9b::a00:1'],
    ...['2002:a00:1::', '2001::1', 'ff02::1', 'localhost', ''],
  ])('refuses %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('fetchPack', () => {
  it.each([
    ['http://packs.test/a.zip', 'https'],
    ['file:///etc/passwd', 'https'],
    ['not an address', 'https'],
    ['https://user:secret@packs.test/a.zip', 'user name'],
    ['https://127.0.0.1/a.zip', 'private network'],
    ['https://2130706433/a.zip', 'private network'],
    ['https://0x7f.1/a.zip', 'private network'],
    ['https://[::1]:8443/a.zip', 'private network'],
    ['https://[::ffff:169.254.169.254]/latest', 'private network'],
    ['https://localhost/a.zip', 'private network'],
  ])('refuses %s', async (address, why) => {
    await expect(fetchPack(address)).rejects.toMatchObject({
      code: 'bad_request',
      message: expect.stringContaining(why),
    });
  });
});
