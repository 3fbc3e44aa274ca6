import type { Request, Response } from 'express';
import { languageOf } from '../api/http/language.ts';
import type { PageAssets } from './assets.ts';
import { plainDocument } from './document.ts';
import type { LoginPage, Situation } from './login.ts';
import type { Passwords } from './passwords.ts';

export type LoginPages = ReturnType<typeof createLoginPages>;

/** Sends the pages that need no session, in the reader's language. */
export function createLoginPages({ assets, passwords }: { assets: PageAssets; passwords: Passwords }) {
  return async (
    request: Request,
    response: Response,
    page: (situation: Situation) => LoginPage,
    status: number,
  ): Promise<void> => {
    const language = languageOf(request);
    const { title, content } = page({ language, password: await passwords.any() });
    const markup = plainDocument(title, language, await assets.paths(), content);
    response.vary('Accept-Language').status(status).type('html').send(markup);
  };
}
