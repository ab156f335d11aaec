import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';

/**
 * Watches whether a request may have left this machine. It has as soon as its connection stands (with TLS: after the
 * handshake), because Node flushes the request in that same turn; before, nothing of it is on the wire.
 */
export const watchWritten = (request: ClientRequest): (() => boolean) => {
  let written = false;
  const mark = () => {
    written = true;
  };
  request.once('socket', (socket: Socket & Partial<Pick<TLSSocket, 'encrypted'>> & { secureConnecting?: boolean }) => {
    if (socket.connecting || socket.secureConnecting) socket.once(socket.encrypted ? 'secureConnect' : 'connect', mark);
    else mark();
  });
  return () => written;
};
