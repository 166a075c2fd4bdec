import { banner } from './banner.ts';
import { configOrExit, optionsOrExit, serve } from './serve.ts';

await serve(configOrExit(optionsOrExit()), {
  async greet(app, urls) {
    const link = await app.instructorLink();
    return banner({ urls, instructorUrl: link && new URL(link, `${urls[0]}/`).href });
  },
});
