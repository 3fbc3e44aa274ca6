import { kubelet, out, type Recorded } from './evidence.ts';

const kind = (name: string) => `schema.GroupVersionKind{Group:"kubeadm.k8s.io", Version:"v1beta3", Kind:"${name}"}`;

export const planRecorded: Recorded = {
  'kubeadm-config-invalid': {
    holds: [
      out(
        `kubeadm config images list failed: W0412 09:10:11 4711 initconfiguration.go:332] error unmarshaling configuration ${kind('ClusterConfiguration')}: json: cannot unmarshal object into Go struct field ControlPlaneComponent.apiServer.extraArgs of type []v1beta4.Arg`,
      ),
      out(
        `error unmarshaling configuration ${kind('InitConfiguration')}: the bootstrap token "" was not of the form "[a-z0-9]{6}"`,
      ),
      out(
        'networking.podSubnet: Invalid value: "10.244.0.0/26": the size of pod subnet with mask 26 is smaller than the size of node subnet with mask 24',
      ),
      out('featureGates: Invalid value: map[string]bool{"X":true}: X is not a valid feature name.'),
    ],
    misses: [
      out(
        `W0113 07:54:18.346337 7482 initconfiguration.go:332] error unmarshaling configuration ${kind('ClusterConfiguration')}: strict decoding error: unknown field "apiServer.timeoutForControlPlane"`,
      ),
    ],
  },
  'kubeadm-version-unfit': {
    holds: [
      out(
        'this version of kubeadm only supports deploying clusters with the control plane version >= 1.28.0. Current version: v1.26.3',
      ),
      out(
        '\t[ERROR KubeletVersion]: the kubelet version is higher than the control plane version. This is not a supported version skew and may lead to a malfunctional cluster. Kubelet version: "1.29.1" Control plane version: "1.28.0"',
      ),
      out(
        'error execution phase kubelet-start: configmaps "kubelet-config-1.21" is forbidden: User "system:bootstrap:1jezb7" cannot get resource "configmaps" in API group "" in the namespace "kube-system"',
      ),
    ],
    misses: [out('[init] Using Kubernetes version: v1.20.2')],
  },
  'node-rejected': {
    holds: [
      kubelet(
        'E0412 kubelet_node_status.go:93] "Unable to register node with API server" err="Node \\"node01\\" is invalid: metadata.taints[1]: Duplicate value: core.Taint{Key:\\"a\\"}: taints must be unique by key and effect pair" node="node01"',
      ),
      kubelet(
        'Unable to register node "node01" with API server: nodes "node01" is forbidden: is not allowed to modify labels: node-role.kubernetes.io/worker',
      ),
    ],
    misses: [kubelet('nodes "b" is forbidden: node "a" cannot modify node "b"')],
  },
  'manifest-too-large': {
    holds: [
      out(
        'The CustomResourceDefinition "installations.operator.tigera.io" is invalid: metadata.annotations: Too long: must have at most 262144 bytes',
      ),
      out(
        'CustomResourceDefinition.apiextensions.k8s.io "applicationsets.argoproj.io" is invalid: metadata.annotations: Too long: may not be more than 262144 bytes',
      ),
    ],
    misses: [out('customresourcedefinition.apiextensions.k8s.io/installations.operator.tigera.io created')],
  },
  'manifest-rejected': {
    holds: [
      out('error: unable to recognize "STDIN": no matches for kind "PodDisruptionBudget" in version "policy/v1"'),
      { step: 'network-plugin', ...out('error parsing STDIN: error converting YAML to JSON: yaml: line 4: mapping') },
    ],
    misses: [out('poddisruptionbudget.policy/calico-kube-controllers created')],
  },
  'host-too-small': {
    holds: [
      out('\t[ERROR NumCPU]: the number of available CPUs 1 is less than the required 2'),
      out('\t[ERROR Mem]: the system RAM (987 MB) is less than the minimum 1700 MB'),
    ],
    misses: [out('\t[WARNING NumCPU]: the number of available CPUs 1 is less than the required 2')],
  },
  'kubeadm-preflight': {
    holds: [out('\t[ERROR IsPrivilegedUser]: user is not running as root')],
    misses: [out('\t[WARNING Firewalld]: firewalld is active')],
  },
};
