import { expect, it } from 'vitest';
import { dutyHost } from '../../../coordinator/view/cluster.ts';
import { certificate } from '../../agent/kube/der.ts';
import { cluster } from '../support.ts';

const planes = ['master01', 'master02', 'master03'];
const { certPem } = certificate([['CN', 'kubernetes']]);
const node = (name: string, ready = true) => ({ name, ready, version: 'v1.23.0' });

/** The duty host while these see the cluster with these nodes Ready, and these are silent or about to leave. */
const chosen = (seeing: string[], ready: string[], away: string[] = []) => {
  const facts = cluster(certPem, { nodes: planes.map((name) => node(name, ready.includes(name))) });
  return dutyHost(
    planes,
    (host) => (seeing.includes(host) ? facts : null),
    (host) => !away.includes(host),
  );
};

it('the first Ready control plane that sees the cluster performs the duties', () => {
  expect(chosen(planes, planes)).toBe('master01');
  expect(chosen(['master02', 'master03'], planes)).toBe('master02');
  expect(chosen(planes, ['master03'])).toBe('master03');
});

it('another one takes over while that one is silent or about to leave', () => {
  expect(chosen(planes, planes, ['master01'])).toBe('master02');
  expect(chosen(planes, planes, ['master01', 'master02'])).toBe('master03');
});

it('one that sees the cluster performs them before any is Ready', () => {
  expect(chosen(['master02'], [])).toBe('master02');
  expect(chosen([], [])).toBe('master01');
  expect(chosen(['master02'], planes, planes)).toBe('master02');
});
