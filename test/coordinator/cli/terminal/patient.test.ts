import { expect, test } from 'vitest';
import type { OperatorClient } from '../../../../coordinator/cli/client.ts';
import { patient } from '../../../../coordinator/cli/terminal/patient.ts';
import { MusterError } from '../../../../shared/errors/errors.ts';

const away = () => new MusterError('coordinator-not-running', { socket: '/run/muster.sock' });

/** A client whose calls end one after the other as listed. */
const clientThat = (...ends: (Error | 'status')[]) =>
  ({
    status: async () => {
      const end = ends.shift();
      if (end instanceof Error) throw end;
      return { hosts: [] };
    },
  }) as unknown as OperatorClient;

test('throws when the first call fails', async () => {
  await expect(patient(clientThat(away()), 'en')()).rejects.toThrow(MusterError);
});

test('waits for a coordinator that becomes unavailable later', async () => {
  const look = patient(clientThat('status', away(), 'status'), 'zh');
  expect(await look()).toEqual({ hosts: [] });
  expect(await look()).toBe(away().text.zh);
  expect(await look()).toEqual({ hosts: [] });
});

test('throws any other error', async () => {
  const look = patient(clientThat('status', new MusterError('operator-needed')), 'en');
  await look();
  await expect(look()).rejects.toThrow(MusterError);
});
