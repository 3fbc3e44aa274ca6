import type { Command } from 'commander';
import { coordinatorPaths, defaultPort } from '../../../shared/paths.ts';
import { type Cli, socketOption } from '../help.ts';

export function addServe(program: Command, cli: Cli): void {
  const { say } = cli;
  program
    .command('serve')
    .description(say({ en: 'run the coordinator (what its service does)', zh: '运行协调器（由其服务运行）' }))
    .option('--plan <file>', say({ en: 'the plan', zh: '计划' }), coordinatorPaths.plan)
    .option(
      '--state <folder>',
      say({ en: 'the CA, the server’s key and the database', zh: 'CA、服务器密钥和数据库' }),
      coordinatorPaths.state,
    )
    .option(
      '--listen <address:port>',
      say({ en: 'where HTTPS listens', zh: 'HTTPS 监听的地址' }),
      `0.0.0.0:${defaultPort}`,
    )
    .option(
      '--url <url>',
      say({
        en: 'where hosts reach it, if not at the plan’s coordinator',
        zh: '主机访问它的地址，若不同于计划中的 coordinator',
      }),
    )
    .addOption(socketOption(cli))
    .option(
      '--page-listen <address:port>',
      say({
        en: 'where HTTPS listens for the status page alone, with a certificate of your own',
        zh: '仅供状态页使用的 HTTPS 监听地址，使用您自己的证书',
      }),
    )
    .option('--page-cert <file>', say({ en: 'that certificate with its chain, PEM', zh: '该证书及其证书链，PEM 格式' }))
    .option('--page-key <file>', say({ en: 'its key, PEM', zh: '其私钥，PEM 格式' }))
    .option('--page-url <url>', say({ en: 'where browsers reach it', zh: '浏览器访问它的 URL' }))
    .option(
      '--artefacts <folder>',
      say({ en: 'what hosts download', zh: '供主机下载的文件' }),
      coordinatorPaths.artefacts,
    )
    .action(async (options) => (await import('../serve.ts')).serve(options));
}
