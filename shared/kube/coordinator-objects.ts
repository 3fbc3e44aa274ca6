/** The coordinators' objects in the Kubernetes API, and the one Role that may use them. */
export const namespace = 'muster-system';
export const group = 'muster.internal';
export const plural = 'staterecords';
export const leaseName = 'muster-coordinator';
/** Group of the coordinators' client certificates. */
export const coordinatorsGroup = 'muster:coordinators';
/** User of the client certificate of the coordinator on this host. */
export const coordinatorUser = (host: string): string => `muster-coordinator:${host}`;

export const recordsPath = `/apis/${group}/v1/namespaces/${namespace}/${plural}`;
const leasesPath = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`;
export const leasePath = `${leasesPath}/${leaseName}`;

export interface PlacedObject {
  /** The collection that it is created in. */
  collection: string;
  body: { metadata: { name: string } } & Record<string, unknown>;
  /** Parts that nobody else may change. */
  own?: readonly string[];
}

const labels = { 'app.kubernetes.io/name': 'muster-coordinator', 'app.kubernetes.io/managed-by': 'muster' };
const rbac = `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}`;
const rbacVersion = 'rbac.authorization.k8s.io/v1';
const named = (name: string) => ({ name, labels });

const recordSpec = {
  type: 'object',
  required: ['kind', 'sequence', 'part', 'parts', 'writer', 'revision', 'data'],
  properties: {
    kind: { type: 'string', enum: ['change', 'snapshot'] },
    sequence: { type: 'integer' },
    part: { type: 'integer' },
    parts: { type: 'integer' },
    writer: { type: 'string' },
    revision: { type: 'integer' },
    data: { type: 'string' },
  },
};
const columns = ['kind', 'sequence', 'part', 'revision'].map((name) => ({
  ...{ name, jsonPath: `.spec.${name}`, type: name === 'kind' ? 'string' : 'integer' },
}));

/** Everything that coordinators need in the API, in the order in which it is created. */
export const coordinatorObjects: readonly PlacedObject[] = [
  {
    collection: '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
    body: {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: named(`${plural}.${group}`),
      spec: {
        group,
        scope: 'Namespaced',
        names: { plural, singular: 'staterecord', kind: 'StateRecord', listKind: 'StateRecordList' },
        versions: [
          {
            name: 'v1',
            served: true,
            storage: true,
            additionalPrinterColumns: columns,
            schema: { openAPIV3Schema: { type: 'object', required: ['spec'], properties: { spec: recordSpec } } },
          },
        ],
      },
    },
  },
  {
    collection: '/api/v1/namespaces',
    body: { apiVersion: 'v1', kind: 'Namespace', metadata: named(namespace) },
  },
  {
    collection: `${rbac}/roles`,
    own: ['rules'],
    body: {
      apiVersion: rbacVersion,
      kind: 'Role',
      metadata: named('muster-coordinator'),
      rules: [
        { apiGroups: [group], resources: [plural], verbs: ['get', 'list', 'create', 'delete'] },
        {
          apiGroups: ['coordination.k8s.io'],
          resources: ['leases'],
          resourceNames: [leaseName],
          verbs: ['get', 'update'],
        },
      ],
    },
  },
  {
    collection: `${rbac}/rolebindings`,
    own: ['roleRef', 'subjects'],
    body: {
      apiVersion: rbacVersion,
      kind: 'RoleBinding',
      metadata: named('muster-coordinator'),
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'muster-coordinator' },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: coordinatorsGroup }],
    },
  },
  {
    collection: leasesPath,
    body: { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: named(leaseName), spec: {} },
  },
];
