# One target holds the libraries and their bindings: every src/<lib>/*.c and binding/*.cc is picked up by itself.
{
  'targets': [
    {
      'target_name': 'infirmary',
      'sources': ['<!@(node scripts/sources.mjs)'],
      'include_dirs': ['include', 'src'],
      'defines': ['NAPI_VERSION=9', 'NODE_API_NO_EXTERNAL_BUFFERS_ALLOWED', 'NODE_ADDON_API_DISABLE_CPP_EXCEPTIONS'],
      'cflags': [
        '-fvisibility=hidden', '-Wall', '-Wextra', '-Werror', '-Wshadow', '-Wconversion', '-Wno-sign-conversion',
        '<!@(node scripts/sources.mjs --headers)',
      ],
      'cflags_c': ['-std=c11', '-Wstrict-prototypes', '-Wmissing-prototypes'],
      'conditions': [
        ['OS=="linux"', { 'defines': ['_GNU_SOURCE'], 'ldflags': ['-Wl,-z,relro,-z,now', '-Wl,--gc-sections'] }],
        ['OS=="mac"', {
          'xcode_settings': { 'OTHER_CFLAGS': ['-Wall', '-Wextra', '-Werror', '<!@(node scripts/sources.mjs --headers)'] },
        }],
        ['OS=="win"', { 'include_dirs': ['<!@(node scripts/sources.mjs --include-dirs)'] }],
      ],
    },
  ],
}
