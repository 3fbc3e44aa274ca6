import { coordinatorUser } from '../kube/coordinator-objects.ts';
import { kubeadmYaml } from '../kubeadm/yaml.ts';
import { packageFormats } from '../packages/index.ts';
import { type LocalText, verbatim } from '../text/local-text.ts';
import { type Action, edit, remove, run, write } from './action.ts';
import { type Change, type ChangeKind, kubeadmArguments, kubeadmFile } from './change.ts';
import { criDockerdArchive } from './content/cri-dockerd.ts';
import { firewallFiles } from './content/firewall.ts';
import { isKubernetesPackage } from './content/packages.ts';
import { servicePacketsRule } from './content/service-packets.ts';
import { both, conditions, fileActions, ifThere } from './file-actions.ts';

/** All actions of a change, in order, exactly as the agent performs them. */
export function actionsOf<K extends ChangeKind>(change: Change<K>): Action[] {
  return actions[change.kind](change);
}

const foreignTokens = {
  en: 'delete bootstrap tokens that muster did not mint',
  zh: '删除不是由 muster 签发的引导令牌',
};

const networkUnread = {
  en: 'if it has not read a network configuration that was written since it started',
  zh: '如果它尚未读取在其启动之后写入的网络配置',
};

function whileMissing(program: string, sha256: string | null, file?: string): LocalText {
  const sum = sha256 === null ? ['', ''] : [`; SHA-256 ${sha256}`, `；SHA-256 ${sha256}`];
  const from = file === undefined ? ['', ''] : [`${file} from the coordinator, `, `来自协调器的 ${file}，`];
  return { en: `${from[0]}if ${program} does not exist${sum[0]}`, zh: `${from[1]}如果 ${program} 不存在${sum[1]}` };
}

const actions: { [K in ChangeKind]: (change: Change<K>) => Action[] } = {
  file: fileActions,
  command: ({ argv, when }) => [run(argv.join(' '), when && conditions[when])],
  'host-name': ({ name }) => [run(`hostname ${name}`)],
  'swap-units': () => [
    run('systemctl disable --now <UNIT>', {
      en: 'for each enabled unit that turns swap on',
      zh: '对每个会开启交换空间的已启用单元',
    }),
  ],
  swap: () => [
    run('systemctl daemon-reload', { en: 'if swap is on', zh: '如果交换空间已开启' }),
    write('/etc/systemd/system/<UNIT>', '-> /dev/null', {
      en: 'for each active swap unit that does not come from /etc/fstab',
      zh: '对每个不来自 /etc/fstab 的活动交换单元',
    }),
    run('swapoff -a', { en: 'if swap is on', zh: '如果交换空间已开启' }),
  ],
  module: ({ name }) => [run(`modprobe ${name}`, { en: 'if the kernel lacks it', zh: '如果内核中没有' })],
  sysctls: ({ path, values, atLeast }) => [
    write(
      path,
      Object.entries({ ...values, ...atLeast })
        .map(([key, value]) => `${key} = ${value}\n`)
        .join(''),
      {
        en: `${Object.keys(atLeast).join(' and ')}: only if the host’s value is lower`,
        zh: `${Object.keys(atLeast).join(' 和 ')}：仅当主机上的值更低时`,
      },
    ),
    run(`sysctl -p ${path}`),
  ],
  selinux: () => [run('setenforce 0', { en: 'if SELinux is enforcing', zh: '如果 SELinux 处于 enforcing 模式' })],
  'selinux-labels': ({ folders }) =>
    folders.map((folder) => run(`restorecon -R ${folder}`, both(conditions.selinux, ifThere))),
  firewall: (change) => {
    const firewalld: LocalText = { en: 'if firewalld is enabled', zh: '如果启用了 firewalld' };
    const ufw: LocalText = { en: 'if ufw is enabled', zh: '如果启用了 ufw' };
    if (change.state === 'off') {
      return [
        run(`systemctl disable --now ${firewallFiles.firewalld}`, firewalld),
        edit(firewallFiles.ufwConfig, both({ en: 'ENABLED=no', zh: 'ENABLED=no' }, ufw)),
        run('ufw disable', ufw),
      ];
    }
    const ports = change.openings.ports.map(
      ({ protocol, from, to }) => `${protocol} ${from === to ? from : `${from}-${to}`}`,
    );
    const accepted = `accept ${[...ports, ...change.openings.sources.map((source) => `from ${source}`)].join(', ')}`;
    return [
      write(`${firewallFiles.zones}/muster.xml`, accepted, firewalld),
      edit(`${firewallFiles.zones}/<ZONE>.xml`, firewalld, `accept ${ports.join(', ')}`),
      edit(firewallFiles.ufwRules, ufw, accepted),
      run('firewall-cmd --reload', firewalld),
      run('ufw reload', ufw),
    ];
  },
  'time-daemon': ({ units }) => [
    run('systemctl enable --now <UNIT>', {
      en: `the first installed of ${units.join(', ')}, if none is enabled`,
      zh: `${units.join('、')} 中第一个已安装的，如果都未启用`,
    }),
  ],
  'journal-limit': ({ path, maxUse }) =>
    maxUse === null
      ? [remove(path, ifThere)]
      : [
          write(path, `[Journal]\nSystemMaxUse=${maxUse}\n`, {
            en: 'removed if another journald file sets SystemMaxUse',
            zh: '如果其他 journald 文件设置了 SystemMaxUse，则删除',
          }),
        ],
  'restart-later': ({ unit, when }) => [
    {
      do: 'wait',
      what: {
        en: `${unit} is restarted with the new configuration if it is active`,
        zh: `${unit} 若在运行，将以新配置重启`,
      },
      ...(when === undefined ? {} : { note: conditions[when] }),
    },
  ],
  'other-registries': ({ folder }) => [
    remove(`${folder}/<REGISTRY>/hosts.toml`, {
      en: 'for each registry that muster configured and the plan no longer names',
      zh: '对每个由 muster 配置但计划中已不存在的镜像仓库',
    }),
  ],
  'package-source': ({ manager, purpose, source, arch }) => {
    const format = packageFormats[manager];
    const { sourceFile, keyFile } = format.files[purpose];
    const from = 'url' in source.key ? source.key.url : '';
    const sha256 = 'url' in source.key && source.key.sha256 ? `, SHA-256 ${source.key.sha256}` : '';
    return [
      edit(`${format.sourceFolder}/<FILE>`, {
        en: `${source.url} is commented out where other files name it`,
        zh: `在其他软件源文件中注释掉 ${source.url}`,
      }),
      write(
        keyFile,
        '',
        from === '' ? { en: 'the key in the plan', zh: '计划中的密钥' } : verbatim(`${from}${sha256}`),
      ),
      write(sourceFile, format.sourceText(source, arch, purpose)),
    ];
  },
  packages: ({ manager, install, hold }) => {
    const { refresh, install: installing, at, hold: holding } = packageFormats[manager].commands;
    return [
      run(refresh),
      run(
        installing(
          install.map(({ name, version }) =>
            version === null ? name : at(name, isKubernetesPackage(name) ? version : `*${version}*`),
          ),
        ),
        {
          en: 'packages whose program exists or that are not offered are left out',
          zh: '程序已存在或软件源未提供的软件包除外',
        },
      ),
      run(holding(hold)),
    ];
  },
  'cri-dockerd': ({ program, sha256, ...archive }) => [
    'url' in archive
      ? run(`curl ${archive.url}`, whileMissing(program, sha256))
      : write(criDockerdArchive, '', whileMissing(program, sha256, archive.file)),
    run(`tar -C ${program.replace(/\/[^/]+$/, '.new')}`, { en: 'unpacks it', zh: '解压' }),
    run(`mv -T ${program.replace(/\/[^/]+$/, '.new')} ${program.replace(/\/[^/]+$/, '')}`),
  ],
  unit: ({ name, start, restart }) => [
    run(`systemctl enable ${name}`),
    run(
      `systemctl start ${name}`,
      start === 'always' ? { en: 'if it is not running', zh: '如果未运行' } : conditions.node,
    ),
    ...(restart
      ? [
          run(`systemctl ${restart === 'reload' ? 'reload-or-restart' : 'restart'} ${name}`, {
            en: 'if its configuration has changed',
            zh: '如果其配置已更改',
          }),
        ]
      : []),
  ],
  'unit-gone': ({ name, when }) => [run(`systemctl disable --now ${name}`, conditions[when])],
  'idle-unit': ({ name, package: owner, config }) => [
    run(`systemctl disable --now ${name}`, {
      en: `if muster installed ${owner} and ${config} configures nothing`,
      zh: `如果 ${owner} 由 muster 安装且 ${config} 未配置任何内容`,
    }),
  ],
  'endpoint-users': ({ endpoint, criSocket, when }) => {
    const stale = {
      en: `if kube-proxy still has an earlier address of ${endpoint}`,
      zh: `如果 kube-proxy 仍使用 ${endpoint} 的先前地址`,
    };
    return [
      run('systemctl try-restart kubelet', both(conditions[when], stale)),
      run(
        `${criSocket.endsWith('dockershim.sock') ? 'docker' : 'crictl'} stop <CONTAINER>`,
        both(conditions[when], stale),
      ),
    ];
  },
  images: ({ runtime, named, more }) => [
    ...named.map((image) => run(`${runtime === 'docker' ? 'docker' : 'crictl'} pull ${image}`)),
    ...(more === null ? [] : [run(`${runtime === 'docker' ? 'docker' : 'crictl'} pull <IMAGE>`, more)]),
  ],
  coordinator: ({ unit, state, plan }) => [
    run('sh setup.sh --standby', {
      en: 'of the signed release that the active coordinator offers; if missing or older',
      zh: '来自活动协调器提供的已签名发布；仅在缺失或较旧时',
    }),
    write(`${state}/{ca,server}.{key,crt}`, '', {
      en: 'the coordinators’ keys, encrypted to this host for the transfer; if missing',
      zh: '协调器的密钥，传输时加密给该主机；仅在缺失时',
    }),
    run(`chmod 0770 ${plan.replace(/\/[^/]+$/, '')}`, {
      en: 'coordinators share the plan',
      zh: '协调器共享计划',
    }),
    run(`systemctl enable --now ${unit}`),
  ],
  'coordinator-access': ({ host, objects, path, unit, user }) => [
    ...objects.map(
      (object): Action => ({
        do: 'request',
        what: { en: `create ${object}`, zh: `创建 ${object}` },
        note: { en: 'if it is missing', zh: '如果缺少' },
      }),
    ),
    {
      do: 'request',
      what: {
        en: `approve a client certificate for ${coordinatorUser(host)}`,
        zh: `批准 ${coordinatorUser(host)} 的客户端证书`,
      },
      note: { en: 'if missing, or less than a third of its time is left', zh: '仅在缺失或剩余有效期不足三分之一时' },
    },
    write(path, '', {
      en: `that certificate with its key; as user ${user}, mode 0600`,
      zh: `该证书及其密钥；以用户 ${user} 写入，权限 0600`,
    }),
    run(`systemctl start ${unit}`),
  ],
  'leftovers-removed': ({ criSocket: socket }) => {
    const note: LocalText = { en: 'if files of an earlier node are left', zh: '如果残留有先前节点的文件' };
    return [
      run('systemctl stop kubelet', note),
      run(`kubeadm reset --force --cri-socket ${socket} --kubeconfig /nonexistent`, note),
      run('rm -rf --one-file-system -- <FILES>', {
        en: 'what kubeadm reset leaves; also the node’s network, if muster created the node',
        zh: 'kubeadm reset 未清理的部分；如果节点由 muster 创建，还包括其网络',
      }),
    ];
  },
  'service-packets': ({ range }) => [
    run(`iptables -w -I ${servicePacketsRule(range).join(' ')}`, {
      en: 'removed when the node is Ready',
      zh: '节点 Ready 后删除',
    }),
  ],
  kubeadm: (change) => [
    write(kubeadmFile(change.verb), kubeadmYaml(change.documents), { en: 'removed afterwards', zh: '之后删除' }),
    run(['kubeadm', ...kubeadmArguments(change)].join(' ')),
  ],
  copy: ({ from, path }) => [write(path, '', { en: `a copy of ${from}`, zh: `${from} 的副本` })],
  'cluster-configuration': ({ names, arguments: args }) =>
    [...names.map((name) => `certSANs: ${name}`), ...args.map((arg) => `extraArgs: ${arg}`)].map(
      (value): Action => ({
        do: 'request',
        what: { en: `add to kubeadm-config ${value}`, zh: `向 kubeadm-config 添加 ${value}` },
        note: { en: 'if it is missing', zh: '如果缺少' },
      }),
    ),
  'serving-certificate': ({ names }) => {
    const lacking = {
      en: `if the API server’s certificate lacks ${names.join(' or ')}`,
      zh: `如果 API 服务器的证书缺少 ${names.join(' 或 ')}`,
    };
    return [
      run('kubeadm init phase certs apiserver --config <FILE>', lacking),
      ...['key', 'crt'].map((name) => write(`/etc/kubernetes/pki/apiserver.${name}`, '', lacking)),
    ];
  },
  'cluster-objects': ({ remove: objects }) =>
    objects.map((object): Action => {
      if (!('path' in object)) return { do: 'request', what: foreignTokens };
      const what = `${object.kind} ${object.name}`;
      return { do: 'request', what: { en: `delete ${what}`, zh: `删除 ${what}` } };
    }),
  manifest: ({ title, url }) => [run('kubectl apply -f -', verbatim(url === null ? title : `${title}, ${url}`))],
  'node-properties': ({ labels, taints }) =>
    [
      ...Object.entries(labels).map(([key, value]) => `label ${key}=${value}`),
      ...taints.map(({ key, value, effect }) => `taint ${key}${value === undefined ? '' : `=${value}`}:${effect}`),
    ].map((property): Action => ({ do: 'wait', what: verbatim(property) })),
  'node-ready': ({ name, isLate }) => [
    { do: 'wait', what: { en: `the node ${name} is Ready`, zh: `节点 ${name} 为 Ready` } },
    ...(isLate ? [run('systemctl restart kubelet', networkUnread)] : []),
  ],
};
