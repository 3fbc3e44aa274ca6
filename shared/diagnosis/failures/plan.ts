import { anywhere, kubelet, output } from '../clue.ts';
import type { Failure } from '../failure.ts';

const sections = {
  ClusterConfiguration: 'clusterConfiguration',
  InitConfiguration: 'initConfiguration',
  JoinConfiguration: 'joinConfiguration',
  KubeletConfiguration: 'kubeletConfiguration',
  KubeProxyConfiguration: 'kubeProxyConfiguration',
};

/** Where kubeadm's checks name a field without its document. */
const fieldsOf = {
  clusterConfiguration:
    'networking|controlPlaneEndpoint|apiServer|controllerManager|scheduler|etcd|dns|featureGates|certificatesDir|imageRepository|kubernetesVersion|clusterName|podSubnet|serviceSubnet',
  initConfiguration: 'nodeRegistration|localAPIEndpoint|bootstrapTokens',
  joinConfiguration: 'discovery|caCertPath',
  kubeProxyConfiguration: 'KubeProxyConfiguration',
  kubeletConfiguration: 'KubeletConfiguration',
};

/** Settings of the plan that Kubernetes rejects. */
export const plan: readonly Failure[] = [
  {
    id: 'kubeadm-config-invalid',
    title: { en: 'kubeadm rejects a setting of the plan', zh: 'kubeadm 拒绝计划中的某个设置' },
    cause: {
      en: 'kubeadm rejects kubernetes.components.{section} of the plan ({field}): {what}.',
      zh: 'kubeadm 拒绝计划中的 kubernetes.components.{section}（{field}）：{what}。',
    },
    remedy: {
      en: 'Correct the value in the plan. From kubeadm’s v1beta4 on (Kubernetes 1.31), extraArgs is a list of name and value; before, it is a map.',
      zh: '在计划中更正该值。自 kubeadm 的 v1beta4（Kubernetes 1.31）起，extraArgs 是由 name 和 value 组成的列表；之前为映射。',
    },
    next: { en: 'muster retries once the plan is saved.', zh: '计划保存后，muster 会重试。' },
    command: 'muster plan check /etc/muster/cluster.yaml',
    where: 'coordinator',
    hopeless: true,
    clues: Object.entries(sections)
      .flatMap(([kind, section]) => [
        output(
          new RegExp(
            `Kind:"${kind}".{0,60}?: (?<what>.{0,80}?cannot unmarshal [^"]{1,60} into Go struct field [A-Za-z]{0,60}\\.(?<field>[\\w.[\\]]{1,120}) of type [^" ]{1,80})`,
          ),
          { values: { section } },
        ),
        output(
          new RegExp(
            `Kind:"${kind}".{0,60}?: (?<what>.{0,80}?(?:unknown field|key) "(?<field>[\\w.[\\]]{1,120})"(?: already set in map)?)`,
          ),
          { values: { section }, unless: /(?:^|\]: )W\d{4} / },
        ),
        output(
          new RegExp(
            `error unmarshaling configuration .{0,80}?Kind:"${kind}".{0,60}?: (?<what>(?!strict decoding)(?!.{0,80}?(?:Go struct field|unknown field|already set)).{1,160})`,
          ),
          { values: { section, field: kind } },
        ),
        output(
          new RegExp(`(?<what>cannot unmarshal [^"]{1,60} into Go struct field ${kind}\\.(?<field>[\\w.[\\]]{1,120}))`),
          { values: { section } },
        ),
        // Up to 1.22.
        output(
          new RegExp(
            `cfg to an internal cfg: \\w{1,20}\\.${kind}\\b.{0,160}?: (?<field>\\w{1,60}): (?<what>Read\\w{1,20}: .{1,100})`,
          ),
          { values: { section } },
        ),
      ])
      .concat(
        Object.entries(fieldsOf).map(([section, fields]) =>
          output(
            new RegExp(
              `(?<what>(?<field>(?<![\\w.])(?:${fields})\\b[\\w.[\\]]{0,80}): (?:Invalid value|Required value|Unsupported value|Duplicate value|Forbidden|Too (?:long|many)).{0,160})`,
            ),
            { values: { section } },
          ),
        ),
        output(/is not a valid feature name(?<=(?<what>\b(?<field>[A-Za-z]{1,80}) is not a valid feature name))/, {
          values: { section: 'clusterConfiguration' },
        }),
      ),
  },
  {
    id: 'kubeadm-version-unfit',
    title: { en: 'kubeadm does not support the planned version', zh: 'kubeadm 不支持计划的版本' },
    cause: { en: 'The installed kubeadm refuses: {what}.', zh: '已安装的 kubeadm 拒绝：{what}。' },
    remedy: {
      en: 'Plan the version that is installed, or remove the packages that muster did not install; muster installs the planned ones.',
      zh: '在计划中使用已安装的版本，或卸载非 muster 安装的软件包；muster 会安装计划的版本。',
    },
    command: 'kubeadm version -o short; kubelet --version; apt-cache policy kubeadm kubelet',
    where: 'host',
    explains: ['kubeadm-config-invalid', 'kubeadm-preflight'],
    clues: [
      output(/(?<what>this version of kubeadm only supports deploying clusters with [^"]{1,160})/),
      output(/(?<what>the kubelet version is higher than the control plane version.{0,160})/),
      output(/\[ERROR KubeletVersion\]: (?<what>[^"]{1,200})/),
      // Named after the minor version of the kubelet that joins.
      output(/(?<what>configmaps "kubelet-config-1\.\d{1,2}" (?:is forbidden|not found))/),
      output(
        /(?<what>no kind "\w{1,60}" is registered for version "kubeadm\.k8s\.io\/\w{1,20}"|your configuration file uses an old API spec: "[^"]{1,60}")/,
      ),
    ],
  },
  {
    id: 'node-rejected',
    title: { en: 'API server rejects the Node', zh: 'API 服务器拒绝该 Node' },
    cause: {
      en: 'The kubelet cannot register its Node because of {field}: {what}.',
      zh: 'kubelet 因 {field} 而无法注册其 Node：{what}。',
    },
    remedy: {
      en: 'Correct labels or taints of this host in the plan, and those of nodeRegistration in kubernetes.components: each key and effect may occur once, and kubelets may set only some kubernetes.io labels.',
      zh: '更正计划中该主机的 labels 或 taints，以及 kubernetes.components 中 nodeRegistration 的设置：每个键与效果的组合只能出现一次，且 kubelet 只能设置部分 kubernetes.io 标签。',
    },
    next: { en: 'muster retries once the plan is saved.', zh: '计划保存后，muster 会重试。' },
    command: 'muster plan check /etc/muster/cluster.yaml',
    where: 'coordinator',
    hopeless: true,
    clues: [
      anywhere(/\bNode "[\w.-]{1,253}" is invalid: \[?(?<field>[\w.[\]]{1,120}): (?<what>.{1,160})/),
      kubelet(
        /nodes "[\w.-]{1,253}" is forbidden: (?<what>is not allowed to (?:modify|set) (?<field>\w{1,40})[^"]{0,160})/,
      ),
    ],
  },
  {
    id: 'manifest-too-large',
    title: { en: 'Network plugin’s manifest is too large to apply', zh: '网络插件的清单过大，无法应用' },
    cause: {
      en: '{object} does not fit into the annotation in which kubectl apply keeps the previous state (262144 bytes).',
      zh: '{object} 超出 kubectl apply 用于保存先前状态的注解的大小（262144 字节）。',
    },
    remedy: {
      en: 'Apply the manifest of network.plugin with --server-side, which needs no annotation.',
      zh: '使用 --server-side 应用 network.plugin 的清单，此方式不需要该注解。',
    },
    command: 'kubectl --kubeconfig /etc/kubernetes/admin.conf apply --server-side --force-conflicts -f MANIFEST',
    where: 'host',
    clues: [
      output(
        /metadata\.annotations: Too long(?<=(?<object>\b[\w.]{1,160} "[\w.:-]{1,253}") is invalid: \S{1,40} Too long)/,
      ),
      output(/metadata\.annotations: Too long/, { values: { object: 'metadata.annotations' } }),
    ],
  },
  {
    id: 'manifest-rejected',
    title: { en: 'API server rejects the network plugin’s manifest', zh: 'API 服务器拒绝网络插件的清单' },
    cause: {
      en: 'kubectl apply fails: {what}. The manifest is not valid, or is for another version of Kubernetes.',
      zh: 'kubectl apply 失败：{what}。清单无效，或适用于其他 Kubernetes 版本。',
    },
    remedy: {
      en: 'Set network.plugin in the plan to a version for the planned Kubernetes, or correct its manifest.',
      zh: '在计划中将 network.plugin 设为适用于计划的 Kubernetes 的版本，或更正其清单。',
    },
    command: 'muster plan check /etc/muster/cluster.yaml',
    where: 'coordinator',
    clues: [
      output(/(?<what>no matches for kind "\w{1,80}" in version "[\w./]{1,80}")/),
      output(/(?<what>error (?:validating|parsing|converting) ["\w-]{1,20}:? ?.{1,160})/, {
        unless: /failed to download openapi/,
        when: ({ step }) => step === 'network-plugin',
      }),
      output(/(?<what>(?:strict decoding error: )?unknown field "[\w.[\]]{1,200}")/, {
        when: ({ step }) => step === 'network-plugin',
      }),
    ],
  },
  {
    id: 'host-too-small',
    title: { en: 'Host is too small for a control plane', zh: '主机配置不足以运行控制平面' },
    cause: { en: 'kubeadm refuses to run: {what}.', zh: 'kubeadm 拒绝运行：{what}。' },
    remedy: {
      en: 'Give the host at least 2 CPUs and 1700 MB of memory. For a lab, set cpu-count or memory in preflight.lower of the plan.',
      zh: '为主机分配至少 2 个 CPU 和 1700 MB 内存。用于实验时，请在计划的 preflight.lower 中设置 cpu-count 或 memory。',
    },
    next: { en: 'muster retries.', zh: 'muster 会重试。' },
    command: 'nproc; free -m',
    where: 'host',
    clues: [
      output(/\[ERROR (?:NumCPU|Mem)\]: (?<what>[^[]{1,160})/),
      output(/(?<what>the number of available CPUs \d{1,4} is less than the required \d{1,4})/),
      output(/(?<what>the system RAM \(\d{1,9} MB\) is less than the minimum \d{1,9} MB)/),
    ],
  },
  {
    id: 'kubeadm-preflight',
    title: { en: 'kubeadm’s own check failed', zh: 'kubeadm 自身的检查未通过' },
    cause: { en: 'kubeadm refuses to run: {check}: {what}.', zh: 'kubeadm 拒绝运行：{check}：{what}。' },
    remedy: { en: 'Resolve what the check reports.', zh: '按该检查的报告解决问题。' },
    command: 'muster-agent preflight',
    where: 'host',
    symptom: true,
    explains: ['kubelet-check', 'control-plane-timeout'],
    clues: [output(/\[ERROR (?<check>[\w.-]{1,120})\]: (?<what>.{1,160})/)],
  },
];
