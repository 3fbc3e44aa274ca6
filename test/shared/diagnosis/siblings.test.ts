import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../shared/diagnosis/diagnose.ts';
import type { Evidence } from '../../../shared/diagnosis/evidence.ts';
import { evidenceFrom } from './log.ts';

const folder = new URL('siblings/', import.meta.url);

/** `## ID: title`, followed by the log of which ID, or nothing, is the only failure to show. */
const logsOf = (file: string) =>
  readFileSync(new URL(file, folder), 'utf8')
    .split(/^## /m)
    .slice(1)
    .map((log) => ({
      title: log.slice(0, log.indexOf('\n')),
      expected: [log.slice(0, log.indexOf(':'))].filter((id) => id !== 'nothing'),
      evidence: evidenceFrom(log.slice(log.indexOf('\n'))),
    }));

const ids = (evidence: Evidence) => diagnose(evidence).map(({ failure }) => failure.id);

describe.each(readdirSync(folder))('%s', (file) => {
  test.each(logsOf(file))('$title', ({ expected, evidence }) => expect(ids(evidence)).toEqual(expected));
});

/** Logs whose answer names a thing that is easily cut off, or run together with what follows it. */
const named: readonly [title: string, values: Record<string, string>][] = [
  ['calico-peers-unreachable: Calico 3.13, readiness', { peers: '192.168.31.6' }],
  ['kubelet-config-invalid: a kubeconfig as --config', { what: 'no kind "Config" is registered for version "v1"' }],
  ['certificate-inconsistent: files of another control plane', { name: 'apiserver' }],
  ['file-immutable: a folder', { file: './usr/bin/kubelet' }],
  [
    'disk-io-error: the kubelet cannot read its certificate',
    { what: '/var/lib/kubelet/pki/kubelet-client-current.pem: input/output error' },
  ],
  ['port-in-use: another BGP speaker on the host', { port: '179' }],
  ['program-missing: dockerd without iptables', { program: 'iptables', package: 'iptables' }],
  ["registry-unreachable: through the address of a mirror at Docker's own IP", { registry: '106.75.235.58:80' }],
  [
    'apt-release-missing: deb.debian.org, bullseye-backports',
    { url: 'http://deb.debian.org/debian bullseye-backports', source: 'http://deb.debian.org/debian' },
  ],
  [
    'apt-release-missing: pkgs.k8s.io with kubernetes-xenial',
    { url: 'https://pkgs.k8s.io/dists/kubernetes-xenial', source: 'https://pkgs.k8s.io' },
  ],
  [
    'apt-release-missing: pkgs.k8s.io, a version that does not exist',
    { source: 'https://pkgs.k8s.io/core:/stable:/v1.99/deb' },
  ],
  ['repository-key-wrong: prod-cdn.packages.k8s.io without a key', { url: 'core:/stable:/v1.28/deb' }],
  ['keyring-unreadable: sqv, no such file', { file: '/etc/apt/keyrings/docker.asc' }],
  ['registry-files-invalid: hosts.toml without a host tree', { what: 'invalid `host` tree' }],
  ["unit-missing: containerd's unit, Ubuntu 20.04", { unit: 'containerd.service' }],
  ['port-in-use: haproxy 2.6, port in use', { port: '6443' }],
  ['host-address-changed: haproxy, address not available', { address: '172.20.248.61', port: '6443' }],
  ['program-not-executable: containerd, undefined symbol', { program: '/usr/bin/containerd' }],
  ['kernel-module-missing: kube-proxy without nf_conntrack', { module: 'nf_conntrack' }],
  [
    'kubelet-credential-lost: the kubeconfig is a directory',
    {
      what: 'invalid kubeconfig: error loading config file "/var/lib/kubelet/kubeconfig": read /var/lib/kubelet/kubeconfig: is a directory',
    },
  ],
];

test.each(named)('%s names what it saw', (title, values) => {
  const log = readdirSync(folder)
    .flatMap(logsOf)
    .find((one) => one.title === title);
  expect(log && diagnose(log.evidence)[0]?.signs[0]?.values).toMatchObject(values);
});

test('an API server on another port changes no answer', () => {
  const moved = (lines: readonly string[]) => lines.map((line) => line.replaceAll(/\b(?:6443|8443|16443)\b/g, '7643'));
  const ofOtherPort = ({ output, kubelet, runtime, containers, ...rest }: Evidence): Evidence => ({
    ...rest,
    ...{ output: moved(output), kubelet: moved(kubelet) },
    ...{ runtime: moved(runtime), containers: moved(containers) },
  });
  const all = readdirSync(folder).flatMap(logsOf);
  const differing = all.filter(({ expected, evidence }) => String(ids(ofOtherPort(evidence))) !== String(expected));
  expect(differing.map(({ title }) => title)).toEqual([]);
});

/** Would end what a log complains of. */
const recovery = /became ready|uccessfully registered|API listen|successfully booted/;

test('what healthy hosts print before changes no answer', () => {
  const harmless = logsOf('harmless.txt').map(({ evidence }) => evidence);
  const usual = harmless.filter(
    ({ kubelet, runtime }) => ![...kubelet, ...runtime].some((line) => recovery.test(line)),
  );
  const amid = (evidence: Evidence): Evidence => {
    const before = usual.filter(({ step }) => step === evidence.step);
    const lines = (source: 'output' | 'kubelet' | 'runtime') => [
      ...before.flatMap((one) => one[source]),
      ...evidence[source],
    ];
    return { ...evidence, output: lines('output'), kubelet: lines('kubelet'), runtime: lines('runtime') };
  };
  const all = readdirSync(folder).flatMap(logsOf);
  const differing = all.filter(({ expected, evidence }) => String(ids(amid(evidence))) !== String(expected));
  expect(differing.map(({ title }) => title)).toEqual([]);
});
