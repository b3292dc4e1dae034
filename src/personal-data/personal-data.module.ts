import { Module } from '@nestjs/common';
import { PersonalData } from './personal-data.service.js';

/** For rooms that keep something of people. */
@Module({ providers: [PersonalData], exports: [PersonalData] })
export class PersonalDataModule {}
