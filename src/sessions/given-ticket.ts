/** A ticket on its way to the client that may use it. */
export interface GivenTicket {
  readonly ticket: string;
  readonly expiresAt: Date;
  /** What the client has to show with it; null where it has shown it already, or where a service describes the client. */
  readonly device: GivenDevice | null;
}

/** A device secret on its way to its device. A browser keeps it in its cookie, and its pages do not see it. */
export interface GivenDevice {
  readonly id: string;
  readonly secret: string;
  readonly keptBy: 'cookie' | 'client';
}

/** As its client gets it. */
export function toTicketView({ ticket, expiresAt, device }: GivenTicket) {
  return {
    ticket,
    expiresAt: expiresAt.toISOString(),
    ...(device?.keptBy === 'client' && { device: { id: device.id, secret: device.secret } }),
  };
}
