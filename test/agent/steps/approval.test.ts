import { describe, expect, it } from 'vitest';
import { adminConf as adminConfFile } from '../../../agent/kube/kubeconfig.ts';
import { approval } from '../../../agent/steps/approval.ts';
import { automaticApproval } from '../../../shared/steps/approval.ts';
import { apiServerOfFile } from '../kube/api-server-of-file.ts';
import { testContext } from './context.ts';

const api = await apiServerOfFile();

const context = (id: string, files: Record<string, string> = {}) =>
  testContext(id, { self: 'master01', files: { [adminConfFile]: api.kubeconfig(), ...files } });

describe('approval', () => {
  const secrets = '/api/v1/namespaces/kube-system/secrets';
  const rule = automaticApproval.path;
  const secret = (name: string, labels?: object) => ({ metadata: { name, labels } });
  const list = (...items: object[]) => api.objects.set(secrets, { items });

  it('removes the automatic approval and every token that muster did not create', async () => {
    api.objects.set(rule, {}).set(`${secrets}/bootstrap-token-init`, {}).set(`${secrets}/bootstrap-token-ours`, {});
    list(secret('bootstrap-token-init'), secret('bootstrap-token-ours', { muster: 'join-credential' }));
    const made = context('approval');
    expect(await approval.check(made)).toMatchObject({ state: 'todo' });
    await approval.apply(made);
    expect([...api.objects.keys()]).toEqual([`${secrets}/bootstrap-token-ours`, secrets]);
  });

  it('keeps the token that only owns the certificates uploaded for a control plane', async () => {
    const encoded = (value: string) => Buffer.from(value).toString('base64');
    const of = (name: string, data: object) => ({ ...secret(name), data });
    list(of('bootstrap-token-owner', { 'token-id': encoded('owner1'), 'usage-bootstrap-signing': encoded('false') }));
    expect(await approval.check(context('approval'))).toEqual({ state: 'done' });
    list(of('bootstrap-token-joins', { 'usage-bootstrap-authentication': encoded('true') }));
    expect(await approval.check(context('approval'))).toMatchObject({ state: 'todo' });
  });

  it('is not done while a foreign token exists, and done with muster’s own', async () => {
    list(secret('bootstrap-token-foreign', { muster: 'else' }));
    expect(await approval.check(context('approval'))).toMatchObject({
      state: 'todo',
      message: { en: expect.stringContaining('bootstrap-token-foreign') },
    });
    list(secret('bootstrap-token-ours', { muster: 'join-credential' }));
    expect(await approval.check(context('approval'))).toEqual({ state: 'done' });
  });
});
