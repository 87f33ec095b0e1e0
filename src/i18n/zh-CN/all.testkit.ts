import { first } from './first.ts';
import { rest } from './rest.ts';

export const zhCN = { ...first, ...rest } as const;
