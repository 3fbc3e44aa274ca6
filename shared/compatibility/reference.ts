import { firstPublic, firstWithoutDockershim, oldestMinor } from '../plan/kubernetes-version.ts';
import type { Language, LocalText } from '../text/local-text.ts';
import { type Bounded, bounds } from './bounds.ts';
import { criDockerdReleases } from './cri-dockerd.ts';
import { newestMinor, type Release, releases, type Source } from './releases.ts';
import { type Support, supportOf } from './support.ts';

const words = {
  title: { en: 'Support table', zh: '支持表' },
  about: {
    en: 'Generated from the bounds in `shared/compatibility`: `npm run reference`. The plan check, the preflight checks and the installation use the same bounds. The table is for the newest packages of each source in November 2026; a host is judged by what its own sources offer.',
    zh: '由 `shared/compatibility` 中的界限生成：`npm run reference`。计划检查、预检和安装使用相同的界限。表格针对 2026 年 11 月各来源的最新软件包；主机按其自身软件源提供的版本判断。',
  },
  legend: {
    en: '**tested**: bring-ups in the lab (`npm run test:e2e -- systems`). **by rule**: the bounds allow it, and the generated files are tested. **pin**: set `runtime.version` in the plan to that version. **no**: refused before anything is changed; the number names the bound below. A number after another word is a warning.',
    zh: '**已测试**：在实验环境中完整建立过集群（`npm run test:e2e -- systems`）。**按规则**：界限允许，且生成的文件经过测试。**pin**：在计划中将 `runtime.version` 设为该版本。**否**：在做出任何更改之前被拒绝；数字对应下方的界限。其他词后的数字表示警告。',
  },
  sources: {
    en: `Sources of Kubernetes: \`aliyun\` has 1.${oldestMinor} and newer, \`public\` 1.${firstPublic} and newer. Sources of the runtime: the distribution (\`distribution\`), or Docker’s repository and its mirrors (\`docker\`, \`aliyun\`, \`{url, key}\`). From 1.${firstWithoutDockershim}, docker is used through cri-dockerd; up to 1.${firstWithoutDockershim - 1}, muster makes docker 29 accept dockershim’s API (\`DOCKER_MIN_API_VERSION\`).`,
    zh: `Kubernetes 的来源：\`aliyun\` 提供 1.${oldestMinor} 及更高版本，\`public\` 提供 1.${firstPublic} 及更高版本。容器运行时的来源：发行版（\`distribution\`），或 Docker 的软件仓库及其镜像源（\`docker\`、\`aliyun\`、\`{url, key}\`）。自 1.${firstWithoutDockershim} 起通过 cri-dockerd 使用 docker；1.${firstWithoutDockershim - 1} 及更低版本，muster 会让 docker 29 接受 dockershim 的 API（\`DOCKER_MIN_API_VERSION\`）。`,
  },
  signatures: {
    en: 'Debian 13 and newer refuse the signatures of the `public` repositories of Kubernetes 1.32 and older until they are signed again; the check `source-signature` reports this before anything is changed, with the alternatives.',
    zh: 'Debian 13 及更新版本会拒绝 Kubernetes 1.32 及更低版本的 `public` 仓库的签名，除非其被重新签名；检查项 `source-signature` 会在做出任何更改之前报告这一情况，并给出替代方案。',
  },
  distribution: { en: 'distribution', zh: '发行版' },
  docker: { en: 'Docker’s repository', zh: 'Docker 的软件仓库' },
  kernel: { en: 'kernel', zh: '内核' },
  tested: { en: 'tested', zh: '已测试' },
  byRule: { en: 'by rule', zh: '按规则' },
  no: { en: 'no', zh: '否' },
  bounds: { en: 'Bounds', zh: '界限' },
  boundHead: {
    en: '| | Kubernetes | limit | level | why | source |',
    zh: '| | Kubernetes | 界限 | 级别 | 原因 | 出处 |',
  },
  error: { en: 'error', zh: '错误' },
  warning: { en: 'warning', zh: '警告' },
  criDockerd: { en: 'cri-dockerd by docker version', zh: '按 docker 版本选择 cri-dockerd' },
  newer: { en: 'docker {version} and newer', zh: 'docker {version} 及更高版本' },
} as const satisfies Record<string, LocalText>;

const columns: readonly { runtime: 'docker' | 'containerd'; source: Source }[] = [
  { runtime: 'docker', source: 'distribution' },
  { runtime: 'docker', source: 'docker' },
  { runtime: 'containerd', source: 'distribution' },
  { runtime: 'containerd', source: 'docker' },
];

const minors = Array.from({ length: newestMinor - oldestMinor + 1 }, (_, index) => oldestMinor + index);

/** docs/reference/support.md, in one language. */
export function supportPage(language: Language): string {
  return `${[
    `# ${words.title[language]}`,
    ...[words.about, words.legend, words.sources, words.signatures].map((text) => text[language]),
    ...releases.flatMap((release) => section(release, language)),
    `## ${words.bounds[language]}`,
    boundTable(language),
    `## ${words.criDockerd[language]}`,
    criDockerdReleases
      .map(
        ({ fromDocker, release }) =>
          `- ${words.newer[language].replace('{version}', fromDocker)}${language === 'zh' ? '：' : ': '}${release}`,
      )
      .join('\n'),
  ].join('\n\n')}\n`;
}

function section(release: Release, language: Language): string[] {
  const comma = { en: ', ', zh: '，' }[language];
  const heads = columns.map(
    ({ runtime, source }) => `${runtime} ${release.packages[source][runtime]}${comma}${words[source][language]}`,
  );
  const rows = minors.map((minor) => {
    const cells = columns.map(({ runtime, source }) => cell(supportOf(release, minor, runtime, source), language));
    return `| 1.${minor} | ${cells.join(' | ')} |`;
  });
  return [
    `## ${release.system}`,
    `${words.kernel[language]} ${release.kernel}${comma}cgroup v${release.cgroup}`,
    [`| Kubernetes | ${heads.join(' | ')} |`, '|---|---|---|---|---|', ...rows].join('\n'),
  ];
}

function cell(support: Support, language: Language): string {
  if (support.state === 'unsupported') return `${words.no[language]} ${numberOf(support.bound.id)}`;
  const notes = support.notes.map(({ id }) => ` ${numberOf(id)}`).join('');
  if (support.state === 'pin') return `pin ${support.version}${notes}`;
  return `${words[support.state === 'tested' ? 'tested' : 'byRule'][language]}${notes}`;
}

const numberOf = (id: string): string => `[${bounds.findIndex((bound) => bound.id === id) + 1}](#${anchorOf(id)})`;
const anchorOf = (id: string): string => `bound-${id}`;

const titles: Record<Bounded, LocalText> = {
  docker: { en: 'docker', zh: 'docker' },
  containerd: { en: 'containerd', zh: 'containerd' },
  kernel: words.kernel,
  cgroup: { en: 'cgroup', zh: 'cgroup' },
};

function boundTable(language: Language): string {
  const rows = bounds.map(({ id, of, kubernetes, required, level, reason, source }, index) =>
    [
      '',
      `<a id="${anchorOf(id)}"></a>${index + 1}`,
      rangeOf(kubernetes),
      `${titles[of][language]} ${required[language]}`,
      words[level][language],
      reason[language],
      source,
      '',
    ]
      .join(' | ')
      .trim(),
  );
  return [words.boundHead[language], '|---|---|---|---|---|---|', ...rows].join('\n');
}

function rangeOf({ from, to }: { from: number; to: number }): string {
  const first = Math.max(from, oldestMinor);
  if (to === Number.POSITIVE_INFINITY) return `≥ 1.${first}`;
  return first === to ? `1.${to}` : `1.${first} – 1.${to}`;
}
