import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import { beforeEach, describe, expect, it } from 'vitest';
import { parseCertificateRequest } from '../../../agent/duties/certificate-request.ts';
import { adminConf } from '../../../agent/kube/kubeconfig.ts';
import { coordinatorAccess } from '../../../agent/steps/coordinator-access.ts';
import { coordinatorObjects } from '../../../shared/kube/coordinator-objects.ts';
import { coordinatorPaths } from '../../../shared/paths.ts';
import { apiServerOfFile } from '../kube/api-server-of-file.ts';
import { certificate } from '../kube/der.ts';
import { testContext } from './context.ts';

const api = await apiServerOfFile();
const requests = '/apis/certificates.k8s.io/v1/certificatesigningrequests';
const { kubeconfig: path, user } = coordinatorPaths;
const subject = [
  ['O', 'muster:coordinators'],
  ['CN', 'muster-coordinator:master01'],
] as const;
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** The signer of the controller-manager: signs what is approved. */
let asked: string[];
let notAfter: Date;
beforeEach(() => {
  asked = [];
  notAfter = new Date('2099-01-01T00:00:00Z');
  api.objects.clear();
  api.hooks.push(({ method, path: at, body }) => {
    if (method !== 'PUT' || !at.endsWith('/approval')) return undefined;
    asked.push(Buffer.from((body as { spec: { request: string } }).spec.request, 'base64').toString());
    const signed = base64(certificate(subject, notAfter).certPem);
    api.objects.set(at.replace('/approval', ''), { ...body, status: { certificate: signed } });
    return { status: 200, body };
  });
});

function context({ masters = 3, now = new Date('2026-02-01T00:00:00Z'), files = {} } = {}) {
  const made = testContext('coordinator-access', {
    self: 'master01',
    now,
    files: { [adminConf]: api.kubeconfig(), ...files },
    programs: {
      runuser(args, options) {
        const content = ('input' in options ? options.input : undefined) ?? '';
        made.host.files.set(args.at(-1) ?? '', { content, mode: 0o600 });
        return '';
      },
      systemctl: () => '',
      stat: () => `${user}:${user} 600`,
    },
    change(settings) {
      for (let count = 2; count <= masters; count += 1)
        settings.hosts.push({ name: `master0${count}`, address: `192.168.0.12${count}`, role: 'control-plane' });
    },
  });
  return made;
}

describe('coordinator-access', () => {
  it('is nothing with one control plane', async () => {
    const made = context({ masters: 1 });
    expect(await coordinatorAccess.check(made)).toEqual({ state: 'done' });
    await coordinatorAccess.apply(made);
    expect([api.objects.size, made.host.files.has(path)]).toEqual([0, false]);
  });

  it('creates the namespace, the Role and a credential that only the coordinator can read', async () => {
    const made = context();
    expect(await coordinatorAccess.check(made)).toMatchObject({ state: 'todo' });
    await coordinatorAccess.apply(made);
    expect(await coordinatorAccess.check(made)).toEqual({ state: 'done' });
    for (const { collection, body } of coordinatorObjects)
      expect(api.objects.has(`${collection}/${body.metadata.name}`)).toBe(true);
    const written = made.host.calls.find(({ program }) => program === 'runuser');
    expect(written?.args.slice(0, 3)).toEqual(['-u', user, '--']);
    expect(written?.args.join()).not.toContain('PRIVATE KEY');
    expect(made.host.written, 'root follows links of a folder that the user owns').not.toContain(path);
    expect(made.host.lines()).toContain(`systemctl start ${coordinatorPaths.unit}`);
    expect([...api.objects.keys()].filter((key) => key.startsWith(requests))).toEqual([]);
  });

  it('asks for a certificate of the coordinators’ group with a key of its own', async () => {
    await coordinatorAccess.apply(context());
    const [request = ''] = asked;
    expect(parseCertificateRequest(request).subject).toEqual(subject.map((pair) => [...pair]));
    expect(await new x509.Pkcs10CertificateRequest(request).verify()).toBe(true);
  });

  it('renews it when less than a third of its time is left', async () => {
    const made = context();
    await coordinatorAccess.apply(made);
    const before = made.host.content(path);
    made.host.now = () => new Date('2070-01-01T00:00:00Z');
    expect(await coordinatorAccess.check(made)).toMatchObject({ state: 'todo' });
    notAfter = new Date('2400-01-01T00:00:00Z');
    await coordinatorAccess.apply(made);
    expect(made.host.content(path)).not.toBe(before);
    expect(await coordinatorAccess.check(made)).toEqual({ state: 'done' });
  });

  it.each([
    ['is cut off', (text: string) => text.slice(0, 100)],
    ['is no certificate', (text: string) => text.replace(/(client-certificate-data: )\S+/, '$1AAAA')],
  ])('asks for another one if it %s', async (_, change) => {
    const made = context();
    await coordinatorAccess.apply(made);
    await made.host.writeFile(path, change(made.host.content(path)), { mode: 0o600 });
    expect(await coordinatorAccess.check(made)).toMatchObject({ state: 'todo' });
    await coordinatorAccess.apply(made);
    expect(await coordinatorAccess.check(made)).toEqual({ state: 'done' });
  });

  it('restores the Role if someone gave it more', async () => {
    const made = context();
    await coordinatorAccess.apply(made);
    const role = [...api.objects].find(([key]) => key.includes('/roles/'));
    api.objects.set(role?.[0] ?? '', { ...role?.[1], rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }] });
    expect(await coordinatorAccess.check(made)).toMatchObject({ state: 'todo' });
    await coordinatorAccess.apply(made);
    expect(await coordinatorAccess.check(made)).toEqual({ state: 'done' });
    expect(asked).toHaveLength(1);
  });
});
