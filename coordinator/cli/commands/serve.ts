import type { Command } from 'commander';
import { coordinatorPaths, defaultPort } from '../../../shared/paths.ts';
import { type Cli, socketOption } from '../help.ts';

export function addServe(program: Command, cli: Cli): void {
  const { say } = cli;
  program
    .command('serve')
    .description(
      say({ en: 'Run the coordinator (used by its systemd service)', zh: '运行协调器（由其 systemd 服务使用）' }),
    )
    .option('--plan <file>', say({ en: 'Plan file', zh: '计划文件' }), coordinatorPaths.plan)
    .option(
      '--state <folder>',
      say({ en: 'Directory of the CA, the server’s key and the database', zh: 'CA、服务器密钥和数据库的目录' }),
      coordinatorPaths.state,
    )
    .option(
      '--listen <address:port>',
      say({ en: 'Address of the HTTPS listener', zh: 'HTTPS 监听地址' }),
      `0.0.0.0:${defaultPort}`,
    )
    .option(
      '--url <url>',
      say({
        en: 'URL for hosts, if it differs from the plan’s coordinator',
        zh: '主机访问的 URL（若不同于计划中的 coordinator）',
      }),
    )
    .addOption(socketOption(cli))
    .option(
      '--page-listen <address:port>',
      say({
        en: 'Address of a separate HTTPS listener for the status page, with your certificate',
        zh: '状态页的独立 HTTPS 监听地址，使用自有证书',
      }),
    )
    .option(
      '--page-cert <file>',
      say({ en: 'Certificate with its chain for the status page, PEM', zh: '状态页的证书及其证书链，PEM 格式' }),
    )
    .option('--page-key <file>', say({ en: 'Private key of that certificate, PEM', zh: '该证书的私钥，PEM 格式' }))
    .option('--page-url <url>', say({ en: 'URL for browsers', zh: '浏览器访问的 URL' }))
    .option(
      '--artefacts <folder>',
      say({ en: 'Directory of files for hosts to download', zh: '供主机下载的文件的目录' }),
      coordinatorPaths.artefacts,
    )
    .action(async (options) => (await import('../handlers/serve.ts')).serve(options));
}
