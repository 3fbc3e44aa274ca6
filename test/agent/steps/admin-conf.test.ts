import { describe, expect, it } from 'vitest';
import { adminConf as adminConfFile } from '../../../agent/kube/kubeconfig.ts';
import { adminConf } from '../../../agent/steps/admin-conf.ts';
import { apiServerOfFile } from '../kube/api-server-of-file.ts';
import { testContext } from './context.ts';

const api = await apiServerOfFile();

const context = (id: string, files: Record<string, string> = {}) =>
  testContext(id, { self: 'master01', files: { [adminConfFile]: api.kubeconfig(), ...files } });

describe('admin-conf', () => {
  const target = '/root/.kube/config';

  it('creates root’s copy with mode 0600', async () => {
    const made = context('admin-conf');
    expect(await adminConf.check(made)).toMatchObject({ state: 'todo' });
    await adminConf.apply(made);
    expect(await adminConf.check(made)).toEqual({ state: 'done' });
    expect(made.host.files.get(target)).toEqual({ content: made.host.content(adminConfFile), mode: 0o600 });
  });

  it('updates the copy of an earlier admin.conf with the same endpoint', async () => {
    const made = context('admin-conf', { [target]: api.kubeconfig('earlier') });
    expect(await adminConf.check(made)).toMatchObject({ state: 'todo' });
    await adminConf.apply(made);
    expect(made.host.content(target)).toBe(made.host.content(adminConfFile));
  });

  it.each([
    ['for another cluster', () => api.kubeconfig().replace(api.url, 'https://elsewhere:6443')],
    ['in another format', () => 'users: []'],
  ])('leaves a kubeconfig %s unchanged, and reports it', async (_, content) => {
    const before = content();
    const made = context('admin-conf', { [target]: before });
    expect(await adminConf.check(made)).toMatchObject({
      state: 'done',
      message: { en: expect.stringContaining('is kept') },
    });
    expect(made.host.content(target)).toBe(before);
    expect(made.host.written).toEqual([]);
  });
});
