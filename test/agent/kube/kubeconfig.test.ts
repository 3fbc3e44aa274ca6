import { describe, expect, it } from 'vitest';
import { adminConf, readKubeconfig } from '../../../agent/kube/kubeconfig.ts';
import { fakeHost } from '../fake-host.ts';
import { kubeconfigText } from './api-server.ts';

const text = kubeconfigText('https://demo:6443', 'CA', { certPem: 'CERT', keyPem: 'KEY' });
const read = (content: string, files: Record<string, string> = {}) =>
  readKubeconfig(fakeHost({ files: { [adminConf]: content, ...files } }), adminConf);

describe('a kubeconfig', () => {
  it('is null when the file does not exist', async () => {
    expect(await readKubeconfig(fakeHost(), adminConf)).toBeNull();
  });

  it('returns server, CA and client certificate of its current context', async () => {
    expect(await read(text)).toEqual({
      server: 'https://demo:6443',
      caPem: 'CA',
      client: { certPem: 'CERT', keyPem: 'KEY' },
    });
  });

  it('may reference files, also relative to its own path', async () => {
    const named = text
      .replace(/client-certificate-data: .*/, 'client-certificate: /var/lib/kubelet/pki/current.pem')
      .replace(/client-key-data: .*/, 'client-key: pki/key.pem');
    const files = { '/var/lib/kubelet/pki/current.pem': 'C', '/etc/kubernetes/pki/key.pem': 'K' };
    expect((await read(named, files))?.client).toEqual({ certPem: 'C', keyPem: 'K' });
  });

  it('has no client certificate when the certificate’s file is missing', async () => {
    const named = text.replace(/client-key-data: .*/, 'client-key: /gone.pem');
    expect((await read(named))?.client).toBeUndefined();
  });

  it.each([
    ['empty, as after a power failure', ''],
    ['not YAML', '{{'],
    ['no current context', text.replace('current-context: main', 'current-context: other')],
    ['plain HTTP', text.replace('https://', 'http://')],
    ['no CA', text.replace(/certificate-authority-data: .*/, '')],
  ])('is refused: %s', async (_, content) => {
    await expect(read(content)).rejects.toMatchObject({ code: 'kubeconfig-invalid' });
  });
});
