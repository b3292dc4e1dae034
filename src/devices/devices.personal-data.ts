import { Injectable } from '@nestjs/common';
import { AccountStore } from '../accounts/index.js';
import { PersonalData } from '../personal-data/index.js';
import { toDeviceSummary } from '../sessions/index.js';

/** Devices are a part of the account, and go with it. */
@Injectable()
export class DevicesPersonalData {
  constructor(personalData: PersonalData, accounts: AccountStore) {
    personalData.register({
      name: 'devices',
      async export(userId) {
        const { devices = [] } = (await accounts.find(userId)) ?? {};
        return devices.map(({ network, firstSeenAt, lastSeenAt, provenAt, blockedAt, ...device }) => {
          return { ...toDeviceSummary(device), network, firstSeenAt, lastSeenAt, provenAt, blockedAt };
        });
      },
    });
  }
}
