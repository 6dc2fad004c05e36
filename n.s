000000000003f040 <auto wxmp::detail::text_engine::avx2::run<&(wxmp::detail::text_engine::plain_run w
   3f040:	mov    %rsi,%r8
   3f043:	mov    %rdx,%rsi
   3f046:	lea    0x27273(%rip),%rax        # 662c0 <wxmp::detail::text_engine::constants<32ul>::know
   3f04d:	mov    %rdi,%rdx
   3f050:	sub    %r8,%rdx
   3f053:	cmp    $0x2,%rdx
   3f057:	jle    3f110 <auto wxmp::detail::text_engine::avx2::run<&(wxmp::detail::text_engine::plain
   3f05d:	mov    %rsi,%rdx
   3f060:	sub    %rdi,%rdx
   3f063:	cmp    $0x3f,%rdx
   3f067:	jle    3f110 <auto wxmp::detail::text_engine::avx2::run<&(wxmp::detail::text_engine::plain
   3f06d:	vmovdqa 0x20(%rax),%ymm6
   3f072:	vmovdqa (%rax),%ymm5
   3f076:	xor    %edx,%edx
   3f078:	vmovdqa 0x40(%rax),%ymm4
   3f07d:	vmovdqu (%rdi),%ymm1
   3f081:	vmovdqu 0x20(%rdi),%ymm0
   3f086:	vmovdqu -0x3(%rdi),%ymm9
   3f08b:	vpcmpeqb %ymm1,%ymm6,%ymm8
   3f08f:	vpcmpeqb %ymm1,%ymm5,%ymm2
   3f093:	vpminub %ymm1,%ymm4,%ymm3
   3f097:	vpcmpeqb %ymm3,%ymm1,%ymm3
   3f09b:	vpminub %ymm0,%ymm4,%ymm7
   3f09f:	vpcmpeqb %ymm7,%ymm0,%ymm7
   3f0a3:	vpor   %ymm8,%ymm2,%ymm2
   3f0a8:	vpcmpeqb %ymm6,%ymm0,%ymm8
   3f0ac:	vpor   %ymm3,%ymm2,%ymm2
   3f0b0:	vpcmpeqb %ymm5,%ymm0,%ymm3
   3f0b4:	vpmovmskb %ymm2,%r9d
   3f0b8:	vpor   %ymm0,%ymm1,%ymm2
   3f0bc:	vpor   %ymm9,%ymm2,%ymm2
   3f0c1:	vpor   %ymm8,%ymm3,%ymm3
   3f0c6:	vpor   %ymm7,%ymm3,%ymm3
   3f0ca:	vpmovmskb %ymm3,%ecx
   3f0ce:	shl    $0x20,%rcx
   3f0d2:	or     %r9,%rcx
   3f0d5:	vpmovmskb %ymm2,%r9d
   3f0d9:	test   %r9d,%r9d
   3f0dc:	jne    3f130 <auto wxmp::detail::text_engine::avx2::run<&(wxmp::detail::text_engine::plain
   3f0de:	test   %rcx,%rcx
   3f0e1:	jne    3f240 <auto wxmp::detail::text_engine::avx2::run<&(wxmp::detail::text_engine::plain
   3f0e7:	add    $0x40,%rdi
   3f0eb:	mov    %rdi,%rcx
   3f0ee:	sub    %r8,%rcx
   3f0f1:	cmp    $0x2,%rcx
   3f0f5:	jle    3f107 <auto wxmp::detail::text_engine::avx2::run<&(wxmp::detail::text_engine::plain
   3f0f7:	mov    %rsi,%rcx
   3f0fa:	sub    %rdi,%rcx
   3f0fd:	cmp    $0x3f,%rcx
   3f101:	jg     3f07d <auto wxmp::detail::text_engine::avx2::run<&(wxmp::detail::text_engine::plain
   3f107:	vzeroupper
   3f10a:	jmp    3f112 <auto wxmp::detail::text_engine::avx2::run<&(wxmp::detail::text_engine::plain
   3f10c:	nopl   0x0(%rax)
   3f110:	xor    %edx,%edx
   3f112:	push   %rbp
   3f113:	mov    %rdx,%rcx
   3f116:	mov    %rsi,%rdx
   3f119:	mov    %r8,%rsi
   3f11c:	mov    %rsp,%rbp
   3f11f:	and    $0xffffffffffffffe0,%rsp
   3f123:	call   3ef60 <wxmp::detail::text_engine::plain_run wxmp::detail::text_engine::read_plain_a
   3f128:	leave
   3f129:	ret
   3f12a:	nopw   0x0(%rax,%rax,1)
   3f130:	vmovdqa 0x60(%rax),%ymm11
   3f135:	vmovdqu 0x1f(%rdi),%ymm3
   3f13a:	vpsrlw $0x4,%ymm0,%ymm0
   3f13f:	vpsrlw $0x4,%ymm1,%ymm1
   3f144:	vpand  0x1f(%rdi),%ymm11,%ymm7
   3f149:	vmovdqa 0x100(%rax),%ymm2
   3f151:	vpand  %ymm0,%ymm11,%ymm0
   3f155:	vmovdqa 0x100(%rax),%ymm14
   3f15d:	vpand  %ymm1,%ymm11,%ymm1
   3f161:	vmovdqa 0x120(%rax),%ymm13
   3f169:	vpshufb %ymm7,%ymm2,%ymm7
   3f16e:	vpsrlw $0x4,%ymm3,%ymm2
   3f173:	vmovdqa 0xe0(%rax),%ymm3
   3f17b:	vmovdqa 0xe0(%rax),%ymm15
   3f183:	vpand  %ymm2,%ymm11,%ymm2
   3f187:	vpshufb %ymm1,%ymm13,%ymm13
   3f18c:	vpsubusb 0xc0(%rax),%ymm9,%ymm9
   3f194:	vmovdqu -0x2(%rdi),%ymm1
   3f199:	vpshufb %ymm2,%ymm3,%ymm2
   3f19e:	vmovdqa 0x120(%rax),%ymm3
   3f1a6:	vpand  %ymm7,%ymm2,%ymm2
   3f1aa:	vpshufb %ymm0,%ymm3,%ymm0
   3f1af:	vmovdqu 0x1e(%rdi),%ymm3
   3f1b4:	vpsubusb 0xa0(%rax),%ymm3,%ymm8
   3f1bc:	vmovdqu 0x1d(%rdi),%ymm3
   3f1c1:	vpsubusb 0xc0(%rax),%ymm3,%ymm10
   3f1c9:	vpand  %ymm0,%ymm2,%ymm2
   3f1cd:	vpand  -0x1(%rdi),%ymm11,%ymm3
   3f1d2:	vpor   %ymm10,%ymm8,%ymm8
   3f1d7:	vpand  0x80(%rax),%ymm8,%ymm8
   3f1df:	vpshufb %ymm3,%ymm14,%ymm12
   3f1e4:	vmovdqu -0x1(%rdi),%ymm3
   3f1e9:	vpcmpeqb %ymm8,%ymm2,%ymm2
   3f1ee:	vpsrlw $0x4,%ymm3,%ymm3
   3f1f3:	vpand  %ymm3,%ymm11,%ymm3
   3f1f7:	vpsubusb 0xa0(%rax),%ymm1,%ymm11
   3f1ff:	vpshufb %ymm3,%ymm15,%ymm3
   3f204:	vpmovmskb %ymm2,%r9d
   3f208:	vpand  %ymm12,%ymm3,%ymm1
   3f20d:	vpor   %ymm9,%ymm11,%ymm3
   3f212:	vpand  0x80(%rax),%ymm3,%ymm3
   3f21a:	shl    $0x20,%r9
   3f21e:	vpand  %ymm13,%ymm1,%ymm1
   3f223:	vpcmpeqb %ymm3,%ymm1,%ymm1
   3f227:	vpmovmskb %ymm1,%r10d
   3f22b:	or     %r10,%r9
   3f22e:	blsmsk %rcx,%r10
   3f233:	andn   %r10,%r9,%r9
   3f238:	or     %r9,%rdx
   3f23b:	jmp    3f0de <auto wxmp::detail::text_engine::avx2::run<&(wxmp::detail::text_engine::plain
   3f240:	tzcnt  %rcx,%rcx
   3f245:	lea    (%rdi,%rcx,1),%rax
   3f249:	vzeroupper
   3f24c:	ret
   3f24d:	nopl   (%rax)

