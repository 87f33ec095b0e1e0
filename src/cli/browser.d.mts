import type { LaunchOptions } from '@playwright/test';

export function findBrowser(): string | undefined;
export function provideBrowser(): string;
export function launchOptions(): LaunchOptions;
