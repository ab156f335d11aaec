export * from './alert-files.ts';
export * from './atom/atom-feed.ts';
export * from './cap/cap-identity.ts';
export * from './cap/cap-message.ts';
export * from './create-broadcast.ts';
export * from './environment.ts';
export * from './posts/post-to-chats.ts';
export * from './publish-cap.ts';
