import { describe, expect, it } from 'vitest';
import { armoured } from '../../../../agent/machine/packages/pgp-armour.ts';

const armouredKey = '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA\n-----END PGP PUBLIC KEY BLOCK-----\n';

describe('the armour of a key', () => {
  it('equals gpg’s output for the same bytes', () => {
    expect(armoured(Buffer.from('98330461626364', 'hex'))?.split('\n')).toEqual([
      '-----BEGIN PGP PUBLIC KEY BLOCK-----',
      '',
      'mDMEYWJjZA==',
      '=GoWo',
      '-----END PGP PUBLIC KEY BLOCK-----',
      '',
    ]);
  });

  it('of an armoured key is that key, without the surrounding text', () => {
    expect(armoured(Buffer.from(`hello\r\n${armouredKey.replaceAll('\n', '\r\n')}bye`))).toBe(armouredKey);
  });

  it.each(['', '<html>not found</html>', '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAA'])('of %j is refused', (text) => {
    expect(armoured(Buffer.from(text))).toBeNull();
  });
});
