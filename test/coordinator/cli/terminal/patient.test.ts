import { expect, test } from 'vitest';
import { patient } from '../../../../coordinator/cli/terminal/patient.ts';
import { MusterError } from '../../../../shared/errors/errors.ts';

const away = () => new MusterError('coordinator-not-running', { socket: '/run/muster.sock' });

/** A request that ends as listed, one time after the other. */
const thatEnds =
  (...ends: (Error | 'status')[]) =>
  async () => {
    const end = ends.shift();
    if (end instanceof Error) throw end;
    return { hosts: [] };
  };

test('throws when the first call fails', async () => {
  await expect(patient(thatEnds(away()), 'en')()).rejects.toThrow(MusterError);
});

test('waits for a coordinator that becomes unavailable later', async () => {
  const look = patient(thatEnds('status', away(), 'status'), 'zh');
  expect(await look()).toEqual({ hosts: [] });
  expect(await look()).toBe(away().text.zh);
  expect(await look()).toEqual({ hosts: [] });
});

test('throws any other error', async () => {
  const look = patient(thatEnds('status', new MusterError('operator-needed')), 'en');
  await look();
  await expect(look()).rejects.toThrow(MusterError);
});
