import { describe, expect, test } from 'vitest';
import { initDocuments } from '../../../shared/kubeadm/config.ts';
import { checksOfKubeadm, ignoredErrors } from '../../../shared/kubeadm/ignored-errors.ts';
import { checkOf } from '../../../shared/preflight/catalogue.ts';
import { assignmentOf } from './assignment.ts';

const lower = (...ids: string[]) => ({
  preflight: { lower: Object.fromEntries(ids.map((id) => [id, { reason: 'lab hosts' }])) },
});

test('names checks that a plan can lower', () => {
  const wrong = checksOfKubeadm.filter((id) => checkOf(id)?.level !== 'error' || checkOf(id)?.fixed === true);
  expect(wrong).toEqual([]);
});

describe('a lowered check', () => {
  const registered = (sections: Record<string, unknown>) =>
    initDocuments(assignmentOf('master01', sections), { token: 'abcdef.0123456789abcdef' })[0]?.nodeRegistration;

  test('is not fatal for kubeadm either', () => {
    expect(registered(lower('cpu-count', 'memory'))).toMatchObject({ ignorePreflightErrors: ['NumCPU', 'Mem'] });
    expect(registered({})).not.toHaveProperty('ignorePreflightErrors');
  });

  test('is added to the errors that the plan has kubeadm ignore', () => {
    const components = { initConfiguration: { nodeRegistration: { ignorePreflightErrors: ['Swap', 'Mem'] } } };
    const kubernetes = { version: '1.30.2', components };
    expect(registered({ kubernetes, ...lower('memory') })).toMatchObject({ ignorePreflightErrors: ['Mem', 'Swap'] });
  });

  test('on ports names the API server’s own', () => {
    const kubernetes = { version: '1.30.2', controlPlaneEndpoint: 'api.example.com:8443' };
    expect(ignoredErrors(assignmentOf('master01', { kubernetes, ...lower('ports') }).settings)).toContain('Port-8443');
  });
});
