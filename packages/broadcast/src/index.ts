export * from './alert-files.ts';
export * from './atom/atom-feed.ts';
export * from './cap/cap-identity.ts';
export * from './cap/cap-message.ts';
export * from './publish-cap.ts';
