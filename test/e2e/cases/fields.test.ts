import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FieldType } from '../../../shared/kubeadm/fields/field.ts';
import { sections } from '../../../shared/kubeadm/fields/index.ts';
import { kubeadmYaml } from '../../../shared/kubeadm/yaml.ts';
import { kubernetesVersion, labPaths } from '../../lab/layout.ts';
import { ensurePrograms } from '../support/programs.ts';

/** The lab's minor version, whose fields are compared with those of real kubeadm. */
const minor = 20;

let folder: string;
beforeAll(async () => {
  await ensurePrograms();
  folder = await mkdtemp(join(tmpdir(), 'muster-fields-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const documents = {
  initConfiguration: { apiVersion: 'kubeadm.k8s.io/v1beta2', kind: 'InitConfiguration' },
  clusterConfiguration: {
    apiVersion: 'kubeadm.k8s.io/v1beta2',
    kind: 'ClusterConfiguration',
    kubernetesVersion: `v${kubernetesVersion}`,
  },
  kubeletConfiguration: { apiVersion: 'kubelet.config.k8s.io/v1beta1', kind: 'KubeletConfiguration' },
  kubeProxyConfiguration: { apiVersion: 'kubeproxy.config.k8s.io/v1alpha1', kind: 'KubeProxyConfiguration' },
};
type Section = keyof typeof documents;
const names = Object.keys(documents) as Section[];

/** What kubeadm says of a configuration in which one section has these settings besides. */
async function kubeadm(section: Section, settings: object): Promise<{ accepts: boolean; stderr: string }> {
  const file = join(folder, 'kubeadm.yaml');
  const written = names.map((name) => (name === section ? { ...settings, ...documents[name] } : documents[name]));
  await writeFile(file, kubeadmYaml(written));
  const args = ['config', 'images', 'list', '--config', file];
  const { exitCode, stderr } = await execa(join(labPaths.bin, 'kubeadm'), args, { reject: false });
  return { accepts: exitCode === 0, stderr };
}

/** A value of a type, or undefined where only Kubernetes knows one. */
function example(type: FieldType): unknown {
  if (type.kind === 'mapping') return Object.fromEntries(fieldsOf(type).map(([name, one]) => [name, example(one)]));
  if (type.kind === 'list') return [example(type.of)];
  if (type.kind === 'map') return { key: example(type.of) };
  if (type.kind === 'enum') return type.values.find((value) => value !== '');
  return (
    { boolean: true, integer: 1, number: 1.5, duration: '1m0s', quantity: '1Gi', size: '1Gi', threshold: '1Gi' }[
      type.kind as string
    ] ?? { string: '10.0.0.1', arguments: { v: '4' } }[type.kind as string]
  );
}

/** A value that Go’s decoder cannot put into a field of this type. */
function wrong(type: FieldType): unknown {
  if (['list', 'boolean', 'integer', 'number'].includes(type.kind)) return 'text';
  return ['map', 'mapping', 'arguments'].includes(type.kind) ? ['text'] : true;
}

/** The fields of the lab's version. */
function fieldsOf(type: FieldType): [name: string, type: FieldType][] {
  if (type.kind !== 'mapping') return [];
  return Object.entries(type.fields)
    .filter(
      ([
        ,
        {
          since = 0,
          until = minor + 1,
          type: { kind },
        },
      ]) => since <= minor && minor < until && kind !== 'any',
    )
    .map(([name, field]) => [name, field.type]);
}

/** Every field below a type, with the path to it. */
function allFields(type: FieldType, above: readonly string[] = []): [path: readonly string[], type: FieldType][] {
  return fieldsOf(type).flatMap(([name, one]) => [
    [[...above, name], one] as const,
    ...allFields(one, [...above, name]),
  ]) as [readonly string[], FieldType][];
}

const at = (path: readonly string[], value: unknown): object =>
  path.reduceRight<unknown>((inner, name) => ({ [name]: inner }), value) as object;

describe.each(names)('%s', (section) => {
  test('has every field of the table in real kubeadm', async () => {
    const { stderr } = await kubeadm(section, example(sections[section]) as object);
    expect(stderr).not.toMatch(/unknown field|unmarshal|expects/);
  });

  test('has the type of the table in real kubeadm, field by field', async () => {
    const accepted: string[] = [];
    for (const [path, type] of allFields(sections[section])) {
      const name = path.join('.');
      // The document has its own.
      if (name === 'kubernetesVersion') continue;
      if ((await kubeadm(section, at(path, wrong(type)))).accepts) accepted.push(name);
    }
    expect(accepted).toEqual([]);
  });

  test('has no other field', async () => {
    expect((await kubeadm(section, { quux: true })).stderr).toMatch(/unknown field/);
  });
});
