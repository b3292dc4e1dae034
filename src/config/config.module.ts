import { Global, Module, type DynamicModule } from '@nestjs/common';
import { Clock } from '../common/index.js';
import { Config } from './config.js';

/** What every room may use: the settings and the time. */
@Global()
@Module({})
export class ConfigModule {
  static with(config: Config, clock: Clock): DynamicModule {
    const providers = [
      { provide: Config, useValue: config },
      { provide: Clock, useValue: clock },
    ];
    return { module: ConfigModule, providers, exports: providers };
  }
}
