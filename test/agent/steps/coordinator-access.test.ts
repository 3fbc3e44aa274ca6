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
  let owner = 'root:root 600';
  return testContext('coordinator-access', {
    self: 'master01',
    now,
    files: { [adminConf]: api.kubeconfig(), ...files },
    programs: {
      chown: () => {
        owner = `${user}:${user} 600`;
        return '';
      },
      chmod: () => '',
      systemctl: () => '',
      stat: () => owner,
    },
    change(settings) {
      for (let count = 2; count <= masters; count += 1)
        settings.hosts.push({ name: `master0${count}`, address: `192.168.0.12${count}`, role: 'control-plane' });
    },
  });
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
    expect(made.host.files.get(path)?.mode).toBe(0o600);
    expect(made.host.lines()).toContain(`chown -h ${user}:${user} ${path}`);
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
