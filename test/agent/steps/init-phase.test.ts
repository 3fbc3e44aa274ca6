import { expect, it } from 'vitest';
import { kubeClient } from '../../../agent/kube/client.ts';
import { adminConf } from '../../../agent/kube/kubeconfig.ts';
import { runInitPhase } from '../../../agent/steps/init-phase.ts';
import { apiServerOfFile } from '../kube/api-server-of-file.ts';
import { testContext } from './context.ts';

const api = await apiServerOfFile();

it('gives phases that run beside each other their own configuration', async () => {
  api.objects.set('/api/v1/namespaces/kube-system/configmaps/kubeadm-config', {
    data: { ClusterConfiguration: 'kind: ClusterConfiguration\n' },
  });
  const { host, assignment } = testContext('kubeadm-join', {
    self: 'master01',
    files: { [adminConf]: api.kubeconfig() },
  });
  const client = await kubeClient(host, adminConf);
  if (client === null) throw new Error('no client');
  const seen: Record<string, string> = {};
  const { promise: bothRun, resolve } = Promise.withResolvers<void>();
  let running = 0;
  host.programs.kubeadm = async (args) => {
    running += 1;
    if (running === 2) resolve();
    await bothRun;
    seen[args[2] ?? ''] = (await host.readFile(args[args.indexOf('--config') + 1] ?? '')) ?? '';
    return '';
  };
  const run = (phase: string, fields = {}) => runInitPhase({ host, client, assignment }, [phase], { fields });
  await Promise.all([run('upload-certs', { certificateKey: 'ef'.repeat(32) }), run('mark-control-plane')]);
  expect(seen['upload-certs']).toContain('certificateKey');
  expect(seen['mark-control-plane']).toContain('InitConfiguration');
  expect(seen['mark-control-plane']).not.toContain('certificateKey');
  expect([...host.files.keys()].filter((path) => path.includes('kubeadm-phase'))).toEqual([]);
});
