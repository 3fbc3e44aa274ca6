import { expect, test } from 'vitest';
import type { OperatorClient } from '../../../../coordinator/cli/client.ts';
import { patient } from '../../../../coordinator/cli/terminal/patient.ts';
import { exitCode, MusterError } from '../../../../shared/errors/errors.ts';

const away = () => new MusterError('unreachable', 'no answer', { exit: exitCode.unavailable });

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
  await expect(patient(clientThat(away()))()).rejects.toThrow(MusterError);
});

test('waits for a coordinator that becomes unavailable later', async () => {
  const look = patient(clientThat('status', away(), 'status'));
  expect(await look()).toEqual({ hosts: [] });
  expect(await look()).toEqual(expect.any(String));
  expect(await look()).toEqual({ hosts: [] });
});

test('throws any other error', async () => {
  const look = patient(clientThat('status', new MusterError('forbidden', 'no', { exit: exitCode.notPermitted })));
  await look();
  await expect(look()).rejects.toThrow(MusterError);
});
